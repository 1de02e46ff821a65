import { checkSample } from './checked-statistics.ts';
import { compensatedSum } from './compensated-sum.ts';
import { interval95 } from './confidence-interval.ts';
import { centralMoments, type Moments, standardErrorOfMean } from './moments.ts';

export type Verdict = 'better' | 'worse' | 'inconclusive';

/** What one strategy's PnL is above another's on the same paths, in the config's units. */
export interface Comparison {
  /** Mean of strategy − baseline. */
  readonly mean_difference: number;
  /** Its standard error, from the differences path by path; NaN for one path. */
  readonly se: number;
  /** Normal 95 % interval. */
  readonly ci_low: number;
  readonly ci_high: number;
  /** Pearson's correlation of the two columns; NaN if one of them is constant. */
  readonly correlation: number;
  /** `better` or `worse` where the interval excludes 0. */
  readonly verdict: Verdict;
}

/**
 * Paired comparison of two strategies that met the same random numbers: slot i of both columns is path i. Pairing
 * takes out what the strategies have in common: var(x − y) = var x + var y − 2 cov(x, y) (Law, Simulation Modeling and
 * Analysis, on common random numbers).
 * @param strategySamples with baselineSamples, what the mean difference is taken of where variance reduction puts other
 * samples in place of the paths' PnL (see meanSamples)
 * @throws RangeError if the columns are empty, differ in length or hold a number that is not finite
 */
export function compare(
  strategyPnl: Float64Array,
  baselinePnl: Float64Array,
  strategySamples: Float64Array = strategyPnl,
  baselineSamples: Float64Array = baselinePnl,
): Comparison {
  const n = strategyPnl.length;
  if (n !== baselinePnl.length) {
    throw new RangeError(`comparison: expected columns of one length, got ${n} and ${baselinePnl.length} paths`);
  }
  checkSample(strategyPnl, 'pnl of the strategy');
  checkSample(baselinePnl, 'pnl of the baseline');
  const difference = centralMoments(strategySamples.map((x, i) => x - baselineSamples[i]!));
  const se = standardErrorOfMean(difference);
  const { low, high } = interval95(difference.mean, se);
  return {
    mean_difference: difference.mean,
    se,
    ci_low: low,
    ci_high: high,
    correlation: correlation(strategyPnl, baselinePnl),
    verdict: verdict(low, high),
  };
}

function verdict(low: number, high: number): Verdict {
  if (low > 0) return 'better';
  return high < 0 ? 'worse' : 'inconclusive';
}

/** Σ uv / √(Σ u² Σ v²) of the scaled deviations u, v; in that form exactly 1 for equal columns. */
function correlation(x: Float64Array, y: Float64Array): number {
  const mx = centralMoments(x);
  const my = centralMoments(y);
  const deviation = (column: Float64Array, m: Moments, i: number) => (column[i]! - m.mean) / m.scale;
  const covariance = compensatedSum(x.length, (i) => deviation(x, mx, i) * deviation(y, my, i)) / x.length;
  const r = covariance / Math.sqrt(mx.m2 * my.m2);
  return Math.max(-1, Math.min(1, r));
}
