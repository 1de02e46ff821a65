import { extraLevels, levelName, worstShare } from '../config/risk-columns.ts';
import type { Accumulated } from './cell-accumulator.ts';
import { intervalFactor, Z_95 } from './confidence-interval.ts';
import type { OrderStatistics } from './order-statistics.ts';
import { pairInflation } from './pair-inflation.ts';
import { percentileInterval, percentileStandardError } from './percentile-standard-error.ts';
import { sharpeStandardError } from './ratios.ts';
import type { CellFacts, Summary } from './summary.ts';

/** How well each figure of a cell is known. */
export interface Uncertainty {
  /** Standard errors by column; a column that has none, such as min, is not known to err. */
  readonly errors: ReadonlyMap<string, number>;
  /** Bounds of the error that a sketch adds, by column; empty where order statistics are exact. */
  readonly bounds: ReadonlyMap<string, number>;
  /** Of percentiles: how far their 95 % intervals reach below and above them, which may differ. */
  readonly reaches: ReadonlyMap<string, Reach>;
  /** Independent samples less one. */
  readonly degrees: number;
}

interface Reach {
  readonly below: number;
  readonly above: number;
}

/** An interval that holds a figure; both ends are the estimate where it has no standard error. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The uncertainty of a cell's summary and of its further columns. */
export function uncertaintyOf(
  all: Accumulated,
  facts: CellFacts,
  summary: Summary,
  risk: ReadonlyMap<string, number>,
): Uncertainty {
  const { varianceReduction } = facts;
  const { figures, ordered, drawdowns } = all;
  const { pnl, pairs, count } = figures;
  const inflation = (figure: keyof NonNullable<typeof pairs>): number => (pairs ? pairInflation(pairs[figure]) : 1);
  const riskInflation = (column: string): number => {
    const sums = figures.risk?.pairs?.get(column);
    return sums === undefined ? 1 : pairInflation(sums);
  };
  const errors = new Map<string, number>([
    ['mean', summary.mean_se],
    ['std', summary.std_se],
    ['p05', summary.p05_se],
    ['p50', summary.p50_se],
    ['p95', summary.p95_se],
    ['var95', summary.p05_se],
    ['cvar95', summary.cvar95_se],
    ['sharpe', sharpeStandardError(summary.sharpe, pnl) * riskInflation('sharpe')],
    ['fills_mean', summary.fills_mean_se],
    ['final_q_mean', summary.final_q_mean_se],
    ['final_q_std', summary.final_q_std_se],
    ['max_abs_q_mean', summary.max_abs_q_mean_se],
    ['max_drawdown_mean', summary.max_drawdown_mean_se],
    ['certainty_equivalent', summary.certainty_equivalent_se],
  ]);
  for (const [name, value] of risk) {
    if (name.endsWith('_se')) errors.set(name.slice(0, -'_se'.length), value);
  }
  const reaches = new Map<string, Reach>([
    ['p05', reachOf(ordered, 5, inflation('p05'))],
    ['p50', reachOf(ordered, 50, inflation('p50'))],
    ['p95', reachOf(ordered, 95, inflation('p95'))],
    ['var95', mirrored(reachOf(ordered, 5, inflation('p05')))],
  ]);
  for (const level of facts.risk === undefined ? [] : extraLevels(facts.risk.measures)) {
    const name = `var${levelName(level)}`;
    reaches.set(name, mirrored(reachOf(ordered, 100 * worstShare(level), riskInflation(name))));
  }
  if (drawdowns !== undefined) {
    for (const [name, p] of [
      ['max_drawdown_p50', 50],
      ['max_drawdown_p95', 95],
    ] as const) {
      errors.set(name, percentileStandardError(drawdowns, p) * riskInflation(name));
      reaches.set(name, reachOf(drawdowns, p, riskInflation(name)));
    }
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
  return { errors, bounds, reaches, degrees };
}

/**
 * The interval of a figure at a confidence, two-sided, so that each end alone is a limit at confidence (1 + confidence)/2:
 * estimate ± t standard errors, of a percentile that between order statistics, which at other confidences than 95 % is widened
 * in proportion; and to either side what a sketch may add.
 */
export function intervalOf(value: number, column: string, known: Uncertainty, confidence: number): Interval {
  const se = known.errors.get(column);
  const bound = known.bounds.get(column) ?? 0;
  if (se === undefined || se === 0) return { low: value - bound, high: value + bound };
  const reach = known.reaches.get(column);
  if (reach !== undefined && !Number.isNaN(se)) {
    const widths = intervalFactor(Number.POSITIVE_INFINITY, confidence) / Z_95;
    return { low: value - widths * reach.below - bound, high: value + widths * reach.above + bound };
  }
  const half = intervalFactor(known.degrees, confidence) * se + bound;
  return { low: value - half, high: value + half };
}

/** @param inflation what antithetic pairs multiply the standard error by */
function reachOf(ordered: OrderStatistics, p: number, inflation: number): Reach {
  const { low, high } = percentileInterval(ordered, p);
  const value = ordered.quantile(p / 100);
  return { below: (value - low) * inflation, above: (high - value) * inflation };
}

/** Of minus the figure. */
function mirrored({ below, above }: Reach): Reach {
  return { below: above, above: below };
}
