import { Z_95 } from './confidence-interval.ts';
import { quantileRanks } from './order-statistic-ranks.ts';
import type { OrderStatistics } from './order-statistics.ts';

/**
 * Standard error of percentile p (0 < p < 100), without a guess at the density: half the width of the distribution-free
 * 95 % interval [x(l), x(u)] between order statistics (see `quantileRanks`), over 1.96.
 *
 * Where n is too small for the interval to have both ends (for the 5th percentile n < 72), the missing one is replaced
 * by the sample's minimum or maximum: the result is then a lower bound of the standard error. NaN for n = 1.
 * @throws RangeError if p is outside (0, 100)
 */
export function percentileStandardError(ordered: OrderStatistics, p: number): number {
  const n = ordered.count;
  const { lower, upper } = quantileRanks(n, p / 100);
  if (n < 2) return Number.NaN;
  return (ordered.at(Math.min(upper, n)) - ordered.at(Math.max(lower, 1))) / (2 * Z_95);
}
