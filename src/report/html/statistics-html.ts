import { type JudgedPair, type NamedSummary, type Standing, statisticsRows } from '../plots/statistics-rows.ts';
import { html, type Markup, NOTHING } from './html.ts';

/** The content of the table of statistics of one scenario: a line a figure, a column a strategy. */
export function statisticsHtml(strategies: readonly NamedSummary[], pairs: readonly JudgedPair[]): Markup {
  const rows = statisticsRows(strategies, pairs);
  return html`<caption>PnL at T in price units × units, before the terminal cost; ± one standard error</caption>
<thead><tr><th scope="col">figure</th>${strategies.map(
    ({ strategy }) => html`<th scope="col">${strategy}</th>`,
  )}</tr></thead>
<tbody>${rows.map(
    ({ label, cells }) =>
      html`<tr><th scope="row">${label}</th>${cells.map(
        ({ value, text, standing }) =>
          html`<td${standing === 'best' ? html` class="best"` : NOTHING}>${
            Number.isFinite(value) ? html`<data value="${value}">${text}</data>` : NOTHING
          }${mark(standing)}</td>`,
      )}</tr>
`,
  )}</tbody>`;
}

function mark(standing: Standing): Markup {
  if (standing === 'best') return html` <span aria-hidden="true">★</span><span class="unseen">best</span>`;
  if (standing !== 'near') return NOTHING;
  return html` <span aria-hidden="true">≈</span><span class="unseen">cannot be told from the best</span>`;
}
