import type { VarianceReduction } from '../config/experiment.ts';
import type { PathColumns } from '../simulate/path-columns.ts';
import { certaintyEquivalent, certaintyEquivalentStandardError } from './certainty-equivalent.ts';
import { checkSample, mean, type Sample, sortedCopy } from './checked-statistics.ts';
import { interval95 } from './confidence-interval.ts';
import { cvar, cvarStandardError } from './cvar.ts';
import { meanSamples } from './mean-samples.ts';
import {
  centralMoments,
  excessKurtosis,
  sampleStd,
  skewness,
  standardErrorOfMean,
  standardErrorOfStd,
} from './moments.ts';
import { pairInflation } from './pair-inflation.ts';
import { percentile } from './percentile.ts';
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
}

/** The worst share of PnL that VaR and CVaR at 95 % speak of. */
const WORST_SHARE = 0.05;

/** The columns of summary.csv after the strategy, in the file's order. */
export const SUMMARY_COLUMNS = [
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
  'p95',
  'p95_se',
  'var95',
  'cvar95',
  'cvar95_se',
  'skewness',
  'kurtosis',
  'min',
  'max',
  'sharpe',
  'fills_mean',
  'final_q_mean',
  'final_q_std',
  'max_abs_q_mean',
  'max_drawdown_mean',
  'certainty_equivalent',
  'certainty_equivalent_se',
  'variance_ratio',
] as const;

/**
 * One cell's paths in figures. PnL is mark-to-market at T before the terminal cost, in price units × units of
 * inventory; inventories are in units. A figure that the paths do not define is NaN (sharpe, skewness and kurtosis at
 * std 0; std and every standard error for one path). `skewness` and `kurtosis` (excess) are the biased coefficients,
 * SciPy's default; `sharpe` is mean/std over paths, not annualised.
 */
export type Summary = Readonly<Record<(typeof SUMMARY_COLUMNS)[number], number>>;

/**
 * Summarises the paths of one cell; O(n log n), one sorted copy of the PnL column. Every sum is compensated and runs in
 * path order over the whole columns, so that the result does not depend on blocks or threads.
 * @throws RangeError if there is no path, or a column holds a number that is not finite (naming column and path)
 */
export function summarise(columns: PathColumns, facts: CellFacts): Summary {
  const { count } = columns;
  const pnl = filled(columns.pnl, count);
  const integralQ2 = filled(columns.integralQ2, count);
  const finalLots = filled(columns.finalLots, count);
  checkSample(pnl, 'pnl');
  checkSample(integralQ2, 'integral of q²');
  const m = centralMoments(pnl);
  const samples = meanSamples(columns, facts.varianceReduction);
  const estimate = facts.varianceReduction === 'none' ? m : centralMoments(samples);
  const meanSe = standardErrorOfMean(estimate);
  const interval = interval95(estimate.mean, meanSe);
  const std = sampleStd(m);
  const sorted = sortedCopy(pnl);
  const p05 = percentile(sorted, 5);
  const p95 = percentile(sorted, 95);
  // Paths of an antithetic pair depend on each other; their effect on a standard error is that on the influence values.
  const paired = facts.varianceReduction === 'antithetic' ? pairInflation : () => 1;
  const lots = centralMoments(finalLots);
  const { orderSize, gamma, phi, running } = facts;
  // What θ(0, q0) is the certainty equivalent of: terminal cost and running penalty are both taken off the wealth.
  const wealth = (i: number): number => {
    const q = finalLots[i]! * orderSize;
    return pnl[i]! - phi * q * q - running * integralQ2[i]!;
  };
  return {
    paths: count,
    mean: estimate.mean,
    mean_se: meanSe,
    mean_ci_low: interval.low,
    mean_ci_high: interval.high,
    std,
    std_se: standardErrorOfStd(m) * paired(count, (i) => (pnl[i]! - m.mean) * (pnl[i]! - m.mean)),
    p05,
    p05_se: percentileStandardError(sorted, 5) * paired(count, (i) => (pnl[i]! <= p05 ? 1 : 0)),
    p50: percentile(sorted, 50),
    p95,
    p95_se: percentileStandardError(sorted, 95) * paired(count, (i) => (pnl[i]! <= p95 ? 1 : 0)),
    var95: -p05,
    cvar95: cvar(sorted, WORST_SHARE),
    cvar95_se: cvarStandardError(sorted, WORST_SHARE) * paired(count, (i) => Math.max(0, p05 - pnl[i]!)),
    skewness: skewness(m),
    kurtosis: excessKurtosis(m),
    min: m.min,
    max: m.max,
    sharpe: std > 0 ? estimate.mean / std : Number.NaN,
    fills_mean: mean(filled(columns.fills, count)),
    final_q_mean: lots.mean * orderSize,
    final_q_std: sampleStd(lots) * orderSize,
    max_abs_q_mean: mean(filled(columns.maxAbsLots, count)) * orderSize,
    max_drawdown_mean: meanDrawdown(columns),
    certainty_equivalent: certaintyEquivalent(count, wealth, gamma),
    certainty_equivalent_se: certaintyEquivalentStandardError(count, wealth, gamma) * paired(count, wealth),
    variance_ratio: meanSe > 0 ? (std / Math.sqrt(count) / meanSe) ** 2 : Number.NaN,
  };
}

/** NaN where PnL was not monitored on the way. */
function meanDrawdown({ count, maxDrawdown }: PathColumns): number {
  if (maxDrawdown === undefined) return Number.NaN;
  const drawdown = filled(maxDrawdown, count);
  checkSample(drawdown, 'max_drawdown');
  return mean(drawdown);
}

/** The slots that hold a path: a run that was stopped early fills only the first `count` of its columns. */
function filled<Column extends Sample>(column: Column, count: number): Column {
  if (column.length < count) throw new RangeError(`summary: expected ${count} paths, got ${column.length}`);
  return column.subarray(0, count) as Column;
}
