import { formatCount } from '../../../util/format.ts';
import { pathsText } from '../../plots/paths-text.ts';
import { shortValue } from '../../plots/sweep-points.ts';
import { html, type Markup, NOTHING } from '../html.ts';
import { pageAxes } from '../page-axes.ts';
import type { Manifest } from '../read-manifest.ts';
import type { StoredRun } from '../read-run.ts';

/** Values of a swept path that are listed; of more only the ends. */
const MOST_VALUES = 8;

/** What was asked: strategies, market, belief, sweep and amount of work. */
export function askedSection(run: StoredRun): Markup {
  const { tables, manifest } = run;
  const names = [...new Set(tables.cells.map(({ strategy }) => strategy))];
  const done = tables.cells.flatMap(({ summary }) => (summary === undefined ? [] : [{ summary }]));
  const scenarios = new Set(tables.cells.map(({ scenario }) => scenario)).size;
  const first = manifest?.scenarios[0];
  const seed = first === undefined ? '' : `, seed ${first.seed}`;
  const where = scenarios === 1 ? 'in one market' : `in ${formatCount(scenarios)} scenarios`;
  const what = names.length === 1 ? 'How does this strategy do' : `Which of these ${names.length} strategies does best`;
  return html`<section aria-labelledby="asked">
<h2 id="asked">What was asked</h2>
<p>${what} ${where}: ${names.map((name, i) => html`${i === 0 ? '' : ', '}<strong>${name}</strong>`)}?
${done.length === 0 ? 'Every cell failed' : pathsText(done)}${seed}.</p>
${sweptList(run)}
${
  first === undefined
    ? html`<p>The folder has no manifest.json, so that the market and the model are not known here.</p>`
    : html`${parameters('The market', first.simulator, tables.sweptPaths, 'simulator')}
${parameters('What the maker believes and wants, all else being as the market is', differing(first), tables.sweptPaths, 'model')}`
}
</section>`;
}

function sweptList({ tables }: StoredRun): Markup {
  const axes = pageAxes(tables);
  if (axes.length === 0) return NOTHING;
  const items = axes.map(({ path, values }) => {
    const shown = values.map(shortValue);
    const text =
      shown.length <= MOST_VALUES ? shown.join(', ') : `${shown.length} values from ${shown[0]} to ${shown.at(-1)}`;
    return html`<li><code>${path}</code>: ${text}</li>\n`;
  });
  return html`<p>Swept:</p>\n<ul>${items}</ul>`;
}

/** The numbers and names of a section of the config; what is nested is left to the resolved config below. */
function parameters(
  title: string,
  values: Readonly<Record<string, unknown>>,
  sweptPaths: readonly string[],
  section: string,
): Markup {
  const items = Object.entries(values).flatMap(([key, value]) => {
    const text = textOf(value);
    if (text === undefined) return [];
    const shown = sweptPaths.includes(`${section}.${key}`) ? html`<em>swept</em>` : html`${text}`;
    return [html`<div><dt><code>${key}</code></dt><dd>${shown}</dd></div>\n`];
  });
  return html`<h3>${title}</h3>\n<dl class="parameters">${items}</dl>`;
}

/** What of the model the market's parameters do not tell already; its dt is another quantity than theirs. */
function differing({ simulator, model }: Manifest['scenarios'][number]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(model).filter(([key, value]) => key === 'dt' || !(key in simulator) || simulator[key] !== value),
  );
}

function textOf(value: unknown): string | undefined {
  if (value === null) return 'none';
  if (typeof value === 'number') return shortValue(String(value));
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && 'type' in value && typeof value.type === 'string') return value.type;
  return undefined;
}
