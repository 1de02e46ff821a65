import type { Accumulated } from './cell-accumulator.ts';
import { intervalFactor } from './confidence-interval.ts';
import { standardErrorOfMean, standardErrorOfStd } from './moments.ts';
import { type PairSums, pairedStandardError, pairInflation } from './pair-inflation.ts';
import { percentileStandardError } from './percentile-standard-error.ts';
import { sharpeStandardError } from './ratios.ts';
import type { CellFacts, Summary } from './summary.ts';

/** How well each figure of a cell is known. */
export interface Uncertainty {
  /** Standard errors by column; a column that has none, such as min, is not known to err. */
  readonly errors: ReadonlyMap<string, number>;
  /** Bounds of the error that a sketch adds, by column; empty where order statistics are exact. */
  readonly bounds: ReadonlyMap<string, number>;
  /** Independent samples less one. */
  readonly degrees: number;
}

/** An interval that holds a figure; both ends are the estimate where it has no standard error. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The uncertainty of a cell's summary and of its further columns. */
export function uncertaintyOf(
  all: Accumulated,
  { orderSize, varianceReduction }: CellFacts,
  summary: Summary,
  risk: ReadonlyMap<string, number>,
): Uncertainty {
  const { figures, ordered, drawdowns } = all;
  const { pnl, lots, pairs, count } = figures;
  const inflation = (figure: keyof NonNullable<typeof pairs>): number => (pairs ? pairInflation(pairs[figure]) : 1);
  const meanSe = (sums: PairSums | undefined): number => (sums === undefined ? Number.NaN : pairedStandardError(sums));
  const sharpeInflation = figures.risk?.pairs?.get('sharpe');
  const errors = new Map<string, number>([
    ['mean', summary.mean_se],
    ['std', summary.std_se],
    ['p05', summary.p05_se],
    ['p50', percentileStandardError(ordered, 50) * inflation('p50')],
    ['p95', summary.p95_se],
    ['var95', summary.p05_se],
    ['cvar95', summary.cvar95_se],
    ['sharpe', sharpeStandardError(summary.sharpe, pnl) * (sharpeInflation ? pairInflation(sharpeInflation) : 1)],
    ['fills_mean', meanSe(figures.fills)],
    ['final_q_mean', standardErrorOfMean(lots) * orderSize * inflation('finalQ')],
    ['final_q_std', standardErrorOfStd(lots) * orderSize * inflation('finalQStd')],
    ['max_abs_q_mean', meanSe(figures.maxAbsLots) * orderSize],
    ['max_drawdown_mean', meanSe(figures.maxDrawdown)],
    ['certainty_equivalent', summary.certainty_equivalent_se],
  ]);
  for (const [name, value] of risk) {
    if (name.endsWith('_se')) errors.set(name.slice(0, -'_se'.length), value);
  }
  if (drawdowns !== undefined) {
    const paired = figures.risk?.pairs?.get('max_drawdown_p50');
    errors.set('max_drawdown_p50', percentileStandardError(drawdowns, 50) * (paired ? pairInflation(paired) : 1));
  }
  const bounds = new Map<string, number>();
  const bound = (name: string, error: number): void => {
    if (error > 0) bounds.set(name, error);
  };
  for (const name of ['p05', 'p50', 'p95'] as const) bound(name, ordered.errorAt(summary[name]));
  bound('var95', ordered.errorAt(summary.p05));
  bound('cvar95', ordered.errorAt(-summary.cvar95));
  for (const [name, value] of risk) {
    if (/^c?var[\d.]+$/.test(name)) bound(name, ordered.errorAt(-value));
    else if (/^max_drawdown_p\d+$/.test(name) && drawdowns !== undefined) bound(name, drawdowns.errorAt(value));
  }
  const degrees = (varianceReduction === 'antithetic' ? count / 2 : count) - 1;
  return { errors, bounds, degrees };
}

/**
 * The interval of a figure at a confidence: estimate ± (t standard errors + what a sketch adds); two-sided, so that each end
 * alone is a limit at confidence (1 + confidence)/2.
 */
export function intervalOf(value: number, column: string, known: Uncertainty, confidence: number): Interval {
  const se = known.errors.get(column);
  const bound = known.bounds.get(column) ?? 0;
  if (se === undefined || se === 0) return { low: value - bound, high: value + bound };
  const half = intervalFactor(known.degrees, confidence) * se + bound;
  return { low: value - half, high: value + half };
}
