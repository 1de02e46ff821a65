import { quantileSorted } from './checked-statistics.ts';

/** The order statistics x(1) <= … <= x(n) of a sample, exact or each within a known bound of its true value. */
export interface OrderStatistics {
  readonly count: number;
  /** x(rank), rank = 1 … count. */
  at(rank: number): number;
  /** Quantile of type 7: linear between the order statistics around 1 + (n − 1)p, p in [0, 1]. */
  quantile(p: number): number;
  /** Calls `visit` with values in ascending order and the number of paths at each, for as long as it returns true. */
  ascend(visit: (value: number, paths: number) => boolean): void;
  /**
   * Bound of the error of an order statistic that is given as `value`; 0 where they are exact. It is a convex function of the
   * value, linear on either side of the median.
   */
  errorAt(value: number): number;
}

/**
 * The exact order statistics, from an ascending column.
 * @throws RangeError if the column is empty or its ends show that it is not ascending
 */
export function sortedStatistics(sorted: Float64Array): OrderStatistics {
  const count = sorted.length;
  return {
    count,
    at: (rank) => sorted[rank - 1]!,
    quantile: (p) => quantileSorted(sorted, p),
    ascend(visit) {
      for (let i = 0; i < count && visit(sorted[i]!, 1); i++);
    },
    errorAt: () => 0,
  };
}
