import { CompensatedSum } from './compensated-sum.ts';
import { Z_95 } from './confidence-interval.ts';
import type { OrderStatistics } from './order-statistics.ts';

/**
 * Conditional value at risk of the loss −x: minus the mean of the worst `share` of a sample x. The order
 * statistic at the edge counts by the fraction of it that the share covers (Rockafellar & Uryasev, Journal of Banking
 * & Finance 26, 2002, prop. 8), so share = 0.05 of 30 paths is the worst path and half the second. With fewer than
 * 1/share paths it is the worst one. Positive where money is lost; O(share · n).
 * @throws RangeError if share is outside (0, 1]
 */
export function cvar(ordered: OrderStatistics, share: number): number {
  check(share);
  const tail = ordered.count * share;
  if (tail <= 1) return -ordered.at(1);
  const sum = new CompensatedSum();
  let taken = 0;
  let edge = 0;
  ordered.ascend((value, paths) => {
    if (taken + paths <= tail) {
      taken += paths;
      sum.add(paths * value);
      return true;
    }
    edge = (tail - taken) * value;
    return false;
  });
  return -(sum.value + edge) / tail;
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
export function cvarStandardError(ordered: OrderStatistics, share: number): number {
  check(share);
  const n = ordered.count;
  if (n < 2) return Number.NaN;
  const edge = ordered.quantile(share);
  let below = 0;
  const shortfall = new CompensatedSum();
  ordered.ascend((value, paths) => {
    if (value >= edge) return false;
    below += paths;
    shortfall.add(paths * (edge - value));
    return true;
  });
  const average = shortfall.value / n;
  const squares = new CompensatedSum();
  ordered.ascend((value, paths) => {
    if (value >= edge) return false;
    const deviation = edge - value - average;
    squares.add(paths * (deviation * deviation));
    return true;
  });
  const variance = (squares.value + (n - below) * average * average) / (n - 1);
  const studentFactor = 1 + (Z_95 * Z_95 + 1) / (4 * Math.max(1, share * n));
  return (studentFactor * Math.sqrt(variance)) / (share * Math.sqrt(n));
}

function check(share: number): void {
  if (!(share > 0 && share <= 1)) throw new RangeError(`CVaR: expected a share in (0, 1], got ${share}`);
}
