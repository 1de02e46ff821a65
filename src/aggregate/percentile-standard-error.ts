import { Z_95 } from './confidence-interval.ts';
import { quantileRanks } from './order-statistic-ranks.ts';
import type { OrderStatistics } from './order-statistics.ts';

/**
 * The distribution-free 95 % interval [x(l), x(u)] of percentile p (0 < p < 100) between order statistics (see `quantileRanks`). It is
 * lopsided where the density is steep.
 *
 * Where n is too small for the interval to have both ends (for the 5th percentile n < 72), the missing one is replaced by the
 * sample's minimum or maximum, and it covers less.
 * @throws RangeError if p is outside (0, 100)
 */
export function percentileInterval(
  ordered: OrderStatistics,
  p: number,
): { readonly low: number; readonly high: number } {
  const n = ordered.count;
  const { lower, upper } = quantileRanks(n, p / 100);
  return { low: ordered.at(Math.max(lower, 1)), high: ordered.at(Math.min(upper, n)) };
}

/**
 * Standard error of percentile p (0 < p < 100), without a guess at the density: half the width of `percentileInterval` over
 * 1.96. Where that lacks an end it is a lower bound of the standard error. NaN for n = 1.
 * @throws RangeError if p is outside (0, 100)
 */
export function percentileStandardError(ordered: OrderStatistics, p: number): number {
  const { low, high } = percentileInterval(ordered, p);
  return ordered.count < 2 ? Number.NaN : (high - low) / (2 * Z_95);
}
