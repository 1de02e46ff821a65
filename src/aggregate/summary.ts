import type { VarianceReduction } from '../config/experiment.ts';
import type { RiskMeasures } from '../config/goals.ts';
import type { SUMMARY_COLUMNS } from '../config/summary-columns.ts';
import type { PathColumns } from '../simulate/path-columns.ts';
import { type Accumulated, CellAccumulator } from './cell-accumulator.ts';
import { interval95 } from './confidence-interval.ts';
import { cvar, cvarStandardError } from './cvar.ts';
import { excessKurtosis, sampleStd, skewness, standardErrorOfMean, standardErrorOfStd } from './moments.ts';
import { pairInflation } from './pair-inflation.ts';
import { percentileStandardError } from './percentile-standard-error.ts';

/** What a summary needs to know of its cell beside the paths. */
export interface CellFacts {
  /** Units in one lot. */
  readonly orderSize: number;
  /** The model's risk aversion, 1 / price units; 0 = risk-neutral. */
  readonly gamma: number;
  /** Terminal cost phi q². */
  readonly phi: number;
  /** Running penalty ζ q² per unit of time. */
  readonly running: number;
  readonly varianceReduction: VarianceReduction;
  /** What is asked for beyond the summary; absent = nothing. */
  readonly risk?: RiskFacts | undefined;
  /**
   * Of each asset of a portfolio, in its order; absent for a single asset. A portfolio's own `orderSize` is 1, since its
   * columns are in units, and its `phi` and `running` are not looked at.
   */
  readonly assets?: readonly AssetFacts[] | undefined;
}

/** The measures that are asked for, and what they need to know of the cell. */
export interface RiskFacts {
  readonly measures: RiskMeasures;
  /** T. */
  readonly horizon: number;
  /** Price units paid for each unit traded, and by which a fill moves the mid. */
  readonly fee: number;
  readonly impact: number;
  readonly startLots: number;
}

export interface AssetFacts extends CellFacts {
  readonly name: string;
}

/** What one asset of a portfolio contributed. */
export interface AssetSummary {
  readonly asset: string;
  readonly summary: Summary;
}

/** The worst share of PnL that VaR and CVaR at 95 % speak of. */
const WORST_SHARE = 0.05;

export { SUMMARY_COLUMNS } from '../config/summary-columns.ts';

/**
 * One cell's paths in figures. PnL is mark-to-market at T before the terminal cost, in price units × units of
 * inventory; inventories are in units. A figure that the paths do not define is NaN (sharpe, skewness and kurtosis at
 * std 0; std and every standard error for one path). `skewness` and `kurtosis` (excess) are the biased coefficients,
 * SciPy's default; `sharpe` is mean/std over paths, not annualised. `percentile_error` bounds the error of p05, p50, p95, var95
 * and cvar95 that come from a sketch; NaN where they are exact.
 */
export type Summary = Readonly<Record<(typeof SUMMARY_COLUMNS)[number], number>>;

/**
 * Summarises the paths of one cell at once, exactly; O(n log n), one sorted copy of the PnL column.
 * @throws RangeError if there is no path, or a column holds a number that is not finite (naming column and path)
 */
export function summarise(columns: PathColumns, facts: CellFacts): Summary {
  const accumulator = new CellAccumulator(facts, 'exact');
  accumulator.add(columns);
  return summaryOf(accumulator.finish(), facts);
}

/** The summaries of a portfolio's assets; empty for a single asset. */
export function assetSummariesOf({ assets }: Accumulated, facts: CellFacts): AssetSummary[] {
  return (facts.assets ?? []).map((asset, i) => ({ asset: asset.name, summary: summaryOf(assets[i]!, asset) }));
}

/** The summary of all paths that were accumulated. */
export function summaryOf({ figures, ordered }: Accumulated, { orderSize }: CellFacts): Summary {
  const { count, pnl, samples, lots, pairs, certaintyEquivalent } = figures;
  const meanSe = standardErrorOfMean(samples);
  const interval = interval95(samples.mean, meanSe, samples.count - 1);
  const std = sampleStd(pnl);
  const p05 = ordered.quantile(0.05);
  const p50 = ordered.quantile(0.5);
  const p95 = ordered.quantile(0.95);
  const cvar95 = cvar(ordered, WORST_SHARE);
  // Paths of an antithetic pair depend on each other; their effect on a standard error is that on the influence values.
  const inflation = (figure: keyof NonNullable<typeof pairs>): number => (pairs ? pairInflation(pairs[figure]) : 1);
  return {
    paths: count,
    mean: samples.mean,
    mean_se: meanSe,
    mean_ci_low: interval.low,
    mean_ci_high: interval.high,
    std,
    std_se: standardErrorOfStd(pnl) * inflation('std'),
    p05,
    p05_se: percentileStandardError(ordered, 5) * inflation('p05'),
    p50,
    p95,
    p95_se: percentileStandardError(ordered, 95) * inflation('p95'),
    var95: -p05,
    cvar95,
    cvar95_se: cvarStandardError(ordered, WORST_SHARE) * inflation('cvar95'),
    skewness: skewness(pnl),
    kurtosis: excessKurtosis(pnl),
    min: pnl.min,
    max: pnl.max,
    sharpe: std > 0 ? samples.mean / std : Number.NaN,
    fills_mean: figures.fills.mean,
    final_q_mean: lots.mean * orderSize,
    final_q_std: sampleStd(lots) * orderSize,
    max_abs_q_mean: figures.maxAbsLots.mean * orderSize,
    max_drawdown_mean: figures.maxDrawdown?.mean ?? Number.NaN,
    certainty_equivalent: certaintyEquivalent.value,
    certainty_equivalent_se: certaintyEquivalent.se * inflation('certaintyEquivalent'),
    variance_ratio: meanSe > 0 ? (std / Math.sqrt(count) / meanSe) ** 2 : Number.NaN,
    percentile_error: Math.max(...[p05, p50, p95, -cvar95].map((value) => ordered.errorAt(value))) || Number.NaN,
  };
}
