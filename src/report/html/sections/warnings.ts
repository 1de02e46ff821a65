import { formatCount } from '../../../util/format.ts';
import { html, type Markup, NOTHING } from '../html.ts';
import type { Manifest } from '../read-manifest.ts';
import type { StoredRun } from '../read-run.ts';
import { scrolling } from './scrolling.ts';

/** Rows of the table of thresholds; the rest is in thresholds.csv. */
const MOST_ROWS = 200;

/** Thresholds that were asked for, each with what came of it. */
export function thresholdsSection({ thresholds, tables: { sweptPaths } }: StoredRun): Markup {
  if (thresholds.length === 0) return NOTHING;
  const columns = ['status', 'expression', ...sweptPaths, 'strategy', 'actual', 'ci_low', 'ci_high'];
  const rank = { failed: 0, unresolved: 1 } as const;
  const rankOf = (status = ''): number => (status === 'failed' || status === 'unresolved' ? rank[status] : 2);
  const rows = thresholds.toSorted((a, b) => rankOf(a['status']) - rankOf(b['status'])).slice(0, MOST_ROWS);
  const rest = thresholds.length - rows.length;
  return html`<section aria-labelledby="thresholds">
<h2 id="thresholds">Thresholds</h2>
${scrolling(
  'Thresholds',
  html`<table class="figures"><caption>What was required, with 95 % intervals${
    rest > 0 ? `; ${formatCount(rest)} more are in thresholds.csv` : ''
  }</caption>
<thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${columns.map((name) => html`<td>${figure(row[name] ?? '')}</td>`)}</tr>\n`)}</tbody></table>`,
)}</section>`;
}

function figure(text: string): Markup {
  if (text === '' || !Number.isFinite(Number(text))) return html`${text}`;
  return html`<data value="${text}">${String(Number(Number(text).toPrecision(5))).replace('-', '−')}</data>`;
}

/** What a reader should know before trusting the run: warnings and failed cells. */
export function warningsSection({ manifest }: StoredRun): Markup {
  if (manifest === undefined) {
    return html`<section aria-labelledby="warnings"><h2 id="warnings">Warnings</h2>
<p>They are in manifest.json, which is not in the folder.</p></section>`;
  }
  const told = warningsOf(manifest);
  const failures = manifest.failures.map(
    ({ scenario, strategy, message }) =>
      html`<li><strong>${strategy} failed in scenario ${scenario}</strong>: ${message}</li>\n`,
  );
  return html`<section aria-labelledby="warnings">
<h2 id="warnings">Warnings</h2>
${
  told.length + failures.length === 0
    ? html`<p>None.</p>`
    : html`<ul class="warnings">${failures}${told.map((text) => html`<li>${text}</li>\n`)}</ul>`
}</section>`;
}

/** Warnings that say the same of many scenarios, once. */
export function warningsOf({ warnings }: Manifest): string[] {
  const groups = new Map<string, { readonly text: string; count: number }>();
  for (const { kind, text, strategy, baseline, asset } of warnings) {
    const key = JSON.stringify([kind, strategy, baseline, asset]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { text, count: 1 });
    else group.count++;
  }
  return [...groups.values()].map(({ text, count }) =>
    count === 1 ? text : `${text} (first of ${formatCount(count)} scenarios with this warning)`,
  );
}
