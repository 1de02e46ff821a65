import { TAIL_95 } from './confidence-interval.ts';

/** Weights below this share of the largest one cannot move a tail probability of 2.5 %. */
const NEGLIGIBLE = 1e-18;

/**
 * Ranks l <= u, counted from 1, of the order statistics that enclose the p-quantile of any continuous law with
 * probability >= 95 %, at most 2.5 % being left out on each side: the number of the n values below the quantile is
 * B ~ Bin(n, p), so l = F⁻¹(0.025) and u = F⁻¹(0.975) + 1 (David & Nagaraja, Order Statistics, 2003, §7.1).
 * l = 0 means that the sample has no lower bound at this level (for p = 5 %: n < 72), u = n + 1 that it has no upper
 * one.
 * O(√n) by the recurrence of the binomial weights from the mode, with no logarithm or gamma function.
 * @throws RangeError unless n is a positive integer and 0 < p < 1
 */
export function quantileRanks(n: number, p: number): { lower: number; upper: number } {
  if (!(Number.isInteger(n) && n > 0)) throw new RangeError(`ranks: expected a positive integer n, got ${n}`);
  if (!(p > 0 && p < 1)) throw new RangeError(`ranks: expected p in (0, 1), got ${p}`);
  const { first, weights } = binomialWeights(n, p);
  let total = 0;
  for (const w of weights) total += w;
  const tail = TAIL_95 * total;
  let low = 0;
  for (let below = weights[0]!; below < tail; below += weights[low]!) low++;
  let high = weights.length - 1;
  for (let above = weights[high]!; above <= tail; above += weights[high]!) high--;
  return { lower: first + low, upper: first + high + 1 };
}

/** P(B = first + i) relative to the mode, for all i where that is not negligible. */
function binomialWeights(n: number, p: number): { first: number; weights: number[] } {
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const odds = p / (1 - p);
  const down: number[] = [];
  for (let k = mode, w = 1; k > 0; k--) {
    w *= k / ((n - k + 1) * odds);
    if (w < NEGLIGIBLE) break;
    down.push(w);
  }
  const up: number[] = [];
  for (let k = mode, w = 1; k < n; k++) {
    w *= ((n - k) * odds) / (k + 1);
    if (w < NEGLIGIBLE) break;
    up.push(w);
  }
  return { first: mode - down.length, weights: [...down.reverse(), 1, ...up] };
}
