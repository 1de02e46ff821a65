import { compensatedSum } from './compensated-sum.ts';

/**
 * √(1 + ρ), ρ the correlation of the values of paths 2i and 2i + 1: what the standard error of a mean of all values has
 * to be multiplied by when pairs, not paths, are independent. Below 1 where pairing helps. 1 where the values are constant.
 */
export function pairInflation(count: number, value: (path: number) => number): number {
  const mean = compensatedSum(count, value) / count;
  const variance = compensatedSum(count, (i) => (value(i) - mean) * (value(i) - mean));
  const covariance = compensatedSum(count / 2, (i) => (value(2 * i) - mean) * (value(2 * i + 1) - mean));
  return variance > 0 ? Math.sqrt(Math.max(0, 1 + (2 * covariance) / variance)) : 1;
}
