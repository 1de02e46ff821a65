import { compensatedSum } from './compensated-sum.ts';

/** Sums over the values of antithetic pairs, that is of paths 2i and 2i + 1, about the mean of all values. */
export interface PairSums {
  readonly count: number;
  readonly mean: number;
  /** Σ (x − mean)² over paths. */
  readonly squares: number;
  /** Σ (x − mean)(y − mean) over pairs; undefined where paths are independent. */
  readonly products: number | undefined;
}

/** The sums of an even number of paths' values; O(count). */
export function pairSums(count: number, value: (path: number) => number): PairSums {
  const mean = compensatedSum(count, value) / count;
  const squares = compensatedSum(count, (i) => (value(i) - mean) * (value(i) - mean));
  const products = compensatedSum(count / 2, (i) => (value(2 * i) - mean) * (value(2 * i + 1) - mean));
  return { count, mean, squares, products };
}

/** The same where paths are independent, so that `pairInflation` is 1. */
export function sampleSums(count: number, value: (path: number) => number): PairSums {
  const mean = compensatedSum(count, value) / count;
  const squares = compensatedSum(count, (i) => (value(i) - mean) * (value(i) - mean));
  return { count, mean, squares, products: undefined };
}

/** Standard error of the mean of all values; NaN for one. */
export function pairedStandardError(sums: PairSums): number {
  const { count, squares } = sums;
  return count < 2 ? Number.NaN : Math.sqrt(squares / (count - 1) / count) * pairInflation(sums);
}

/** The sums of two sets of pairs put together: Chan's update, a pair's product moving by half of what its squares do. */
export function mergePairSums(a: PairSums, b: PairSums): PairSums {
  const count = a.count + b.count;
  const shift = b.mean - a.mean;
  const between = shift * shift * ((a.count / count) * b.count);
  return {
    count,
    mean: a.mean + shift * (b.count / count),
    squares: a.squares + b.squares + between,
    products: a.products === undefined || b.products === undefined ? undefined : a.products + b.products + between / 2,
  };
}

/**
 * √(1 + ρ), ρ the correlation of values within pairs: what the standard error of a mean of all values has to be
 * multiplied by when pairs, not paths, are independent. Below 1 where pairing helps. 1 without pairs, and where the values are
 * constant.
 */
export function pairInflation(sums: PairSums | undefined): number {
  if (sums?.products === undefined || !(sums.squares > 0)) return 1;
  return Math.sqrt(Math.max(0, 1 + (2 * sums.products) / sums.squares));
}
