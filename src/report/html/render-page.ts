import { version } from '../../util/version.ts';
import { buildPageData } from './build-page-data.ts';
import { html, jsonForScript, Markup, NOTHING } from './html.ts';
import { pageHead } from './page-head.ts';
import type { StoredRun } from './read-run.ts';
import { answerSection } from './sections/answer.ts';
import { askedSection } from './sections/asked.ts';
import { chartsSection } from './sections/charts.ts';
import { reproduceSection } from './sections/reproduce.ts';
import { tableSection } from './sections/table.ts';
import { thresholdsSection, warningsSection } from './sections/warnings.ts';
import { STYLE } from './style.ts';

/**
 * The page of a run: one HTML document that needs nothing else and asks for nothing. Its policy lets the browser run only the
 * script and the style whose hashes it names, evaluate no text as code, and connect to nowhere.
 * @param script the page's script, as bundled, which makes sure that it can stand in a page
 * @param name what the run is called where its manifest is missing
 */
export function renderPage(run: StoredRun, script: string, name: string): string {
  const data = buildPageData(run.tables);
  const title = run.manifest?.name ?? name;
  const sections = [
    askedSection(run),
    answerSection(run),
    chartsSection(run, data),
    tableSection(run),
    thresholdsSection(run),
    warningsSection(run),
    reproduceSection(run),
  ];
  const head = pageHead({ title: `${title}: report`, script, style: STYLE });
  return html`<!doctype html>
<html lang="en">
${head}
<body>
<a class="skip" href="#answer">Skip to what was found</a>
<header><h1>${title}</h1>
${subtitle(run)}
<nav aria-label="On this page"><ul>${links(sections)}</ul></nav></header>
<main>
${sections.map((section) => html`${section}\n`)}</main>
<footer><p>Written by mm-batch ${version}. The page works offline and connects to nowhere.</p></footer>
<div id="tip" role="presentation" hidden></div>
<script type="application/json" id="page-data">${new Markup(jsonForScript(data))}</script>
<script>${new Markup(script)}</script>
</body>
</html>
`.text;
}

function subtitle({ manifest }: StoredRun): Markup {
  if (manifest === undefined) return NOTHING;
  const { version: ran, hash, scenarios } = manifest;
  return html`<p class="meta">Market-making simulation; mm-batch ${ran}, plan <code>${hash}</code>, seed
<code>${String(scenarios[0]?.seed ?? '')}</code></p>`;
}

/** A link to each section, by its heading. */
function links(sections: readonly Markup[]): Markup[] {
  return sections.flatMap(({ text }) => {
    const [, id, heading] = /<h2 id="([\w-]+)">([^<]*)<\/h2>/.exec(text) ?? [];
    return id === undefined ? [] : [html`<li><a href="#${id}">${heading ?? ''}</a></li>`];
  });
}
