import type { Summary } from '../../aggregate/summary.ts';
import { formatEstimate } from '../../util/format.ts';
import type { ComparisonRow } from '../comparisons-csv.ts';

/** The columns of summary.csv that pictures show. */
export const FIGURE_COLUMNS = [
  'paths',
  'mean',
  'mean_se',
  'mean_ci_low',
  'mean_ci_high',
  'std',
  'std_se',
  'p05',
  'p05_se',
  'p50',
  'p50_se',
  'p95',
  'p95_se',
  'cvar95',
  'cvar95_se',
  'sharpe',
  'sharpe_se',
  'fills_mean',
  'fills_mean_se',
  'final_q_std',
  'final_q_std_se',
  'max_abs_q_mean',
  'max_abs_q_mean_se',
  'max_drawdown_mean',
  'max_drawdown_mean_se',
  'certainty_equivalent',
  'certainty_equivalent_se',
] as const satisfies readonly (keyof Summary)[];

export type FigureColumn = (typeof FIGURE_COLUMNS)[number];
export type Figures = Pick<Summary, FigureColumn>;

/** A strategy's figures. */
export interface NamedSummary {
  readonly strategy: string;
  readonly summary: Figures;
}

/** How a figure stands against those of the other strategies; undefined where none is better than another. */
export type Standing = 'best' | 'near' | 'other' | undefined;

/** One line of the table of statistics, a cell for each strategy. */
export interface StatisticsRow {
  readonly label: string;
  readonly cells: readonly { readonly value: number; readonly text: string; readonly standing: Standing }[];
}

interface Figure {
  readonly label: string;
  readonly value: FigureColumn;
  /** Its standard error; a figure without one is not judged. */
  readonly se?: FigureColumn;
  /** Which end is the better one; absent where neither is. */
  readonly better?: 'high' | 'low';
}

const FIGURES: readonly Figure[] = [
  { label: 'mean PnL', value: 'mean', se: 'mean_se', better: 'high' },
  { label: 'std of PnL', value: 'std', se: 'std_se', better: 'low' },
  { label: '5th percentile', value: 'p05', se: 'p05_se', better: 'high' },
  { label: 'median', value: 'p50', se: 'p50_se', better: 'high' },
  { label: '95th percentile', value: 'p95', se: 'p95_se', better: 'high' },
  { label: 'CVaR 95 % (a loss)', value: 'cvar95', se: 'cvar95_se', better: 'low' },
  {
    label: 'certainty equivalent',
    value: 'certainty_equivalent',
    se: 'certainty_equivalent_se',
    better: 'high',
  },
  { label: 'Sharpe (over paths)', value: 'sharpe', se: 'sharpe_se', better: 'high' },
  { label: 'max drawdown, mean', value: 'max_drawdown_mean', se: 'max_drawdown_mean_se', better: 'low' },
  { label: 'fills, mean', value: 'fills_mean', se: 'fills_mean_se' },
  { label: 'std of final inventory', value: 'final_q_std', se: 'final_q_std_se' },
  { label: 'max |inventory|, mean', value: 'max_abs_q_mean', se: 'max_abs_q_mean_se' },
];

/** What of a paired comparison the table needs. */
export type JudgedPair = Pick<ComparisonRow, 'strategy' | 'baseline' | 'verdict'>;

/** Standard errors that two figures must be apart to be told apart at 95 %. */
const Z = 1.96;

/**
 * The table of statistics. The best figure of a line is marked, and so are those that cannot be told from it at 95 %: means by
 * their paired difference, others as if the strategies were independent, which is on the safe side for common paths.
 */
export function statisticsRows(
  strategies: readonly NamedSummary[],
  comparisons: readonly JudgedPair[],
): StatisticsRow[] {
  return FIGURES.filter(({ value }) => strategies.some(({ summary }) => Number.isFinite(summary[value]))).map(
    (figure) => ({
      label: figure.label,
      cells: strategies.map((one) => ({
        value: one.summary[figure.value],
        text: textOf(one.summary, figure),
        standing: standingOf(one, strategies, figure, comparisons),
      })),
    }),
  );
}

function textOf(summary: Figures, { value, se }: Figure): string {
  const found = summary[value];
  if (!Number.isFinite(found)) return '';
  const text = se === undefined ? String(Number(found.toPrecision(4))) : formatEstimate(found, summary[se]);
  return text.replaceAll('-', '−');
}

function standingOf(
  { strategy, summary }: NamedSummary,
  all: readonly NamedSummary[],
  { value, se, better }: Figure,
  comparisons: readonly JudgedPair[],
): Standing {
  if (better === undefined || se === undefined || all.length < 2 || !Number.isFinite(summary[value])) return undefined;
  const sign = better === 'high' ? 1 : -1;
  const [best] = all
    .filter((other) => Number.isFinite(other.summary[value]))
    .toSorted((a, b) => sign * (b.summary[value] - a.summary[value]));
  if (best === undefined || best.summary[value] === summary[value]) return 'best';
  if (value === 'mean') {
    const pair = comparisons.find(
      (row) =>
        (row.strategy === strategy && row.baseline === best.strategy) ||
        (row.strategy === best.strategy && row.baseline === strategy),
    );
    if (pair !== undefined) return pair.verdict === 'inconclusive' ? 'near' : 'other';
  }
  const apart = Math.abs(best.summary[value] - summary[value]);
  return apart <= Z * Math.hypot(best.summary[se], summary[se]) ? 'near' : 'other';
}
