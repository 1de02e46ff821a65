import { quantileSorted } from './checked-statistics.ts';

/**
 * Percentile p in [0, 100] of an ascending column, by Hyndman & Fan's type 7 (linear between order statistics; NumPy's
 * and R's default; Hyndman & Fan, The American Statistician 50(4), 1996); O(1).
 * @throws RangeError if the column is empty or not ascending, or p is outside [0, 100]
 */
export function percentile(sorted: Float64Array, p: number): number {
  return quantileSorted(sorted, p / 100);
}
