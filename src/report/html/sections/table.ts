import { formatCount, formatEstimate } from '../../../util/format.ts';
import { shortValue } from '../../plots/sweep-points.ts';
import type { CellRow } from '../../read/run-tables.ts';
import { html, type Markup, NOTHING } from '../html.ts';
import type { StoredRun } from '../read-run.ts';
import { statisticsHtml } from '../statistics-html.ts';
import { scrolling } from './scrolling.ts';

/** Rows of the table of all cells; the rest is in summary.csv. */
const MOST_ROWS = 300;

/** The table of statistics of one scenario, which the page's script changes with the sliders. */
export function tableSection({ tables }: StoredRun): Markup {
  const { cells, comparisons, sweptPaths } = tables;
  if (cells.every(({ summary }) => summary === undefined)) return NOTHING;
  const scenario = cells[0]?.scenario;
  const ofScenario = cells.filter((cell) => cell.scenario === scenario);
  const done = ofScenario.flatMap(({ strategy, summary }) => (summary === undefined ? [] : [{ strategy, summary }]));
  const pairs = comparisons.filter((pair) => pair.scenario === scenario);
  const point = sweptPaths.map((path) => `${path} = ${cells[0]?.point[path] ?? ''}`).join(', ');
  const isSweep = sweptPaths.length > 0;
  return html`<section aria-labelledby="figures">
<h2 id="figures">The figures</h2>
${isSweep ? html`<p>Of the scenario <strong class="scenario-name">${point}</strong>; the sliders above choose another.</p>` : NOTHING}
${scrolling(
  'Statistics of each strategy',
  html`<table class="figures" id="statistics">${statisticsHtml(done, pairs)}</table>`,
)}
<p class="hint"><span aria-hidden="true">★</span> best of its line; <span aria-hidden="true">≈</span> cannot be told from the
best at 95 % (means by their paired difference). All columns, to full precision, are in summary.csv.</p>
${isSweep ? allCells(tables.cells, sweptPaths) : NOTHING}
</section>`;
}

function allCells(cells: readonly CellRow[], sweptPaths: readonly string[]): Markup {
  const rows = cells.slice(0, MOST_ROWS).map(({ point, strategy, summary: s }) => {
    const place = sweptPaths.map((path) => html`<td>${shortValue(point[path] ?? '')}</td>`);
    const name = html`<th scope="row">${strategy}</th>`;
    if (s === undefined) return html`<tr>${place}${name}<td colspan="4">failed</td></tr>\n`;
    const figures = [
      [s.mean, s.mean_se],
      [s.std, s.std_se],
      [s.p05, s.p05_se],
      [s.cvar95, s.cvar95_se],
    ] as const;
    return html`<tr>${place}${name}${figures.map(([value, se]) => html`<td>${estimateHtml(value, se)}</td>`)}</tr>\n`;
  });
  const rest = cells.length - rows.length;
  return html`<details><summary>All ${formatCount(cells.length)} cells of the sweep</summary>
${scrolling(
  'All cells of the sweep',
  html`<table class="figures"><caption>One row a scenario and strategy${
    rest > 0 ? `; ${formatCount(rest)} more are in summary.csv` : ''
  }</caption>
<thead><tr>${sweptPaths.map((path) => html`<th scope="col"><code>${path}</code></th>`)}<th scope="col">strategy</th>
<th scope="col">mean PnL</th><th scope="col">std of PnL</th><th scope="col">5th percentile</th><th scope="col">CVaR 95 %</th></tr></thead>
<tbody>${rows}</tbody></table>`,
)}</details>`;
}

function estimateHtml(value: number, se: number): Markup {
  if (!Number.isFinite(value)) return NOTHING;
  return html`<data value="${value}">${formatEstimate(value, se).replaceAll('-', '−')}</data>`;
}
