import path from 'node:path';
import { stringify } from 'yaml';
import { formatDuration } from '../../../util/format.ts';
import { shellWord } from '../../../util/shell-word.ts';
import { html, type Markup, NOTHING } from '../html.ts';
import type { Manifest } from '../read-manifest.ts';
import type { StoredRun } from '../read-run.ts';
import { scrolling } from './scrolling.ts';

/** Name that the experiment file is given where it is written anew. */
const FILE = 'experiment.yaml';

/** The config with every default in place, and how to get the same bytes again. */
export function reproduceSection({ manifest, tables }: StoredRun): Markup {
  if (manifest === undefined) return NOTHING;
  const { version, hash, machine, workers, timings, experiment, command, files, scenarios } = manifest;
  const [first] = scenarios;
  const others =
    scenarios.length > 1
      ? ` Of the first of ${scenarios.length} scenarios; the others differ in ${tables.sweptPaths.join(', ')}.`
      : '';
  return html`<section aria-labelledby="reproduce">
<h2 id="reproduce">How to reproduce it</h2>
<p>mm-batch ${version}, plan <code>${hash}</code>, run on ${timings.started.slice(0, 10)} in ${formatDuration(timings.simulate)}
on ${workers === 'queue' ? 'the workers of a queue' : `${workers} worker threads`} (Node ${machine.node}, ${machine.platform} ${machine.arch}). Equal versions, configs and seeds give
the same bytes on any number of threads.</p>
${experiment === undefined ? withoutFile(command) : commands(experiment)}
<details><summary>The resolved config</summary><p class="hint">Every default in place.${others}</p>
${code('The resolved config', first === undefined ? '' : stringify(withoutPlaces(first)))}</details>
<details><summary>Checksums of the data</summary>
${code('Checksums', checksums(files))}<p class="hint"><code>sha256sum --check</code> takes them in the run's folder.</p></details>
</section>`;
}

/** A backtest is made again by its flags; of a run by a program there is the config alone. */
function withoutFile(command: readonly string[] | undefined): Markup {
  if (command !== undefined) return code('The command', `npx mm-batch ${command.map(shellWord).join(' ')}\n`);
  return html`<p>It was not made from an experiment file, but by a program; all that its numbers depend on is in the resolved
config.</p>`;
}

function commands({ source, files, exportPaths }: NonNullable<Manifest['experiment']>): Markup {
  const flags = [
    ...(source.paths === undefined ? [] : [`--paths ${source.paths}`]),
    ...(source.seed === undefined ? [] : [`--seed ${shellWord(String(source.seed))}`]),
    ...source.overrides.map((override) => `--set ${shellWord(override)}`),
    ...(exportPaths === undefined ? [] : [`--export-paths ${exportPaths}`]),
  ];
  const modules = files.map(
    ({ file, sha256 }) => html`<li><code>${path.basename(file)}</code>, SHA-256 <code>${sha256}</code></li>`,
  );
  return html`<p>Save the experiment file as <code>${FILE}</code> and run it:</p>
${code('The command', `npx mm-batch run ${[FILE, ...flags].join(' ')}\n`)}
${modules.length === 0 ? NOTHING : html`<p>It needs these modules where it names them:</p><ul>${modules}</ul>`}
<details open><summary>The experiment file</summary>
${code('The experiment file', source.text)}</details>`;
}

function code(label: string, text: string): Markup {
  return html`<div class="code"><button type="button" class="copy" hidden>Copy</button>
${scrolling(label, html`<pre><code>${text}</code></pre>`)}</div>`;
}

/** Without what is no part of the config, or tells where files lie on the machine of the run. */
function withoutPlaces(scenario: Readonly<Record<string, unknown>>): unknown {
  const { index: _index, point: _point, ...config } = scenario;
  return JSON.parse(
    JSON.stringify(config, (key, value: unknown) =>
      key === 'file' && typeof value === 'string' ? path.basename(value) : value,
    ),
  );
}

function checksums(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .map(([name, sha256]) => `${sha256}  ${name}\n`)
    .join('');
}
