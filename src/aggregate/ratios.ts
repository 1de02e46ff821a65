import type { JointMoments } from './joint-moments.ts';
import { excessKurtosis, type Moments, sampleStd, skewness } from './moments.ts';

/** An estimate and its standard error; both NaN where it is not defined. */
export interface Estimate {
  readonly value: number;
  readonly se: number;
}

/**
 * Standard error of the Sharpe ratio mean/std over independent paths, by the delta method:
 * √((1 + S²/2 − γ₃ S + γ₄ S²/4)/n), γ₃ the skewness and γ₄ the excess kurtosis of PnL (Mertens, Comments on variance of the IID
 * estimator in Lo (2002), 2002); for normal PnL it is √((1 + S²/2)/n) (Lo, The statistics of Sharpe ratios, Financial
 * Analysts Journal 58(4), 2002, eq. 9). NaN where the ratio is not defined.
 */
export function sharpeStandardError(ratio: number, pnl: Moments): number {
  if (pnl.count < 2 || !(pnl.m2 > 0)) return Number.NaN;
  const variance = 1 + (ratio * ratio) / 2 - skewness(pnl) * ratio + (excessKurtosis(pnl) * ratio * ratio) / 4;
  return Math.sqrt(Math.max(0, variance) / pnl.count);
}

/**
 * The Sortino ratio (mean − target)/d over paths, d² = (1/n) Σ min(0, x − target)² (Sortino & Price, Journal of Investing 3(3),
 * 1994), with its standard error by the delta method on (mean, d²). NaN where no path is below the target.
 */
export function sortino({ x, y, covariance }: JointMoments, target: number): Estimate {
  const n = x.count;
  const downside = Math.sqrt(y.mean);
  if (!(downside > 0) || n < 2)
    return { value: downside > 0 ? (x.mean - target) / downside : Number.NaN, se: Number.NaN };
  const value = (x.mean - target) / downside;
  const varianceX = sampleStd(x) ** 2;
  const varianceY = sampleStd(y) ** 2;
  const shared = (covariance * x.scale * y.scale * n) / (n - 1);
  const slope = value / (2 * y.mean);
  const variance = varianceX / y.mean + slope * slope * varianceY - (2 * slope * shared) / downside;
  return { value, se: Math.sqrt(Math.max(0, variance) / n) };
}

/** What a ratio's influence values are taken at. */
export interface RatioPilot {
  readonly mean: number;
  readonly std: number;
  /** d of the Sortino ratio. */
  readonly downside: number;
}

/** Influence of one path on mean/std. */
export function sharpeInfluence(x: number, { mean, std }: RatioPilot): number {
  if (!(std > 0)) return 0;
  const u = (x - mean) / std;
  return u - ((mean / std) * (u * u - 1)) / 2;
}

/** Influence of one path on (mean − target)/d. */
export function sortinoInfluence(x: number, target: number, { mean, downside }: RatioPilot): number {
  if (!(downside > 0)) return 0;
  const below = Math.min(0, x - target) / downside;
  return (x - mean) / downside - (((mean - target) / downside) * (below * below - 1)) / 2;
}
