import { short } from '../../report/html/client/figures-text.ts';
import { element } from '../../report/html/client/page.ts';
import { html, type Markup, NOTHING } from '../../report/html/html.ts';
import { STRATEGIES } from '../messages.ts';
import type { ExploreState, StrategyState } from './state.ts';

interface Figure {
  readonly id: string;
  readonly label: string;
  readonly of: (strategy: StrategyState) => number | undefined;
}

const FIGURES: readonly Figure[] = [
  { id: 'mean', label: 'mean', of: ({ moments }) => moments?.figures.mean },
  { id: 'std', label: 'standard deviation', of: ({ moments }) => moments?.figures.std },
  { id: 'p05', label: '5th percentile', of: ({ law }) => law?.figures.p05 },
  { id: 'p50', label: 'median', of: ({ law }) => law?.figures.p50 },
  { id: 'p95', label: '95th percentile', of: ({ law }) => law?.figures.p95 },
  { id: 'cvar95', label: 'CVaR 95 % (loss)', of: ({ law }) => law?.figures.cvar95 },
  {
    id: 'certainty_equivalent',
    label: 'certainty equivalent',
    of: ({ moments }) => moments?.figures.certainty_equivalent,
  },
  { id: 'fills_mean', label: 'fills (number)', of: ({ moments }) => moments?.figures.fills_mean },
  { id: 'final_q_std', label: 'std of inventory at T (units)', of: ({ moments }) => moments?.figures.final_q_std },
];

/** Relative error of the exact engine's figures, about. */
const ROUNDING = 1e-9;

/** Writes the table of figures, a column a strategy and one for their difference. */
export function showFigures({ strategies, quotes }: ExploreState): void {
  const rows = FIGURES.map(({ id, label, of }) => {
    const [hjb, constant] = STRATEGIES.map((strategy) => of(strategies[strategy]));
    const difference = hjb === undefined || constant === undefined ? undefined : differenceOf(hjb, constant);
    return html`<tr data-figure="${id}"><th scope="row">${label}</th>${cell(hjb)}${cell(constant)}${cell(difference, true)}</tr>`;
  });
  element('figures').innerHTML = html`${rows}`.text;
  element('theta').innerHTML = (quotes === undefined ? html`…` : datum(quotes.theta, false)).text;
}

/** 0 where rounding is all that keeps them apart. */
function differenceOf(a: number, b: number): number {
  return Math.abs(a - b) <= ROUNDING * (Math.abs(a) + Math.abs(b)) ? 0 : a - b;
}

function cell(value: number | undefined, isSigned = false): Markup {
  return html`<td>${value === undefined ? html`<span class="pending">…</span>` : datum(value, isSigned)}</td>`;
}

/** Six digits to read, all of them in the element's value. */
function datum(value: number, isSigned: boolean): Markup {
  if (!Number.isFinite(value)) return html`n/a`;
  return html`<data value="${value}">${isSigned && value > 0 ? '+' : NOTHING}${short(value, 6)}</data>`;
}
