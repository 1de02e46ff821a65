import { exp, expm1, log, log1p } from '../util/elementary.ts';
import { compensatedSum } from './compensated-sum.ts';

/**
 * Certainty equivalent of `count` equally likely wealths under CARA utility, −(1/γ) ln((1/n) Σ e^(−γ x)), in the units
 * of x; at γ = 0 the mean. To be held against θ(0, q0) of the HJB equation (Guéant, Lehalle & Fernandez-Tapia 2013).
 *
 * Where γ·(max − min) <= 1 it is computed around the mean c as c − (1/γ) log1p(mean expm1(−γ(x − c))), which stays
 * exact as γ → 0; elsewhere around the minimum, so that no exponential overflows and the largest is 1 (log-sum-exp).
 * @throws RangeError if count is 0, or gamma is negative or not finite
 */
export function certaintyEquivalent(count: number, wealth: (path: number) => number, gamma: number): number {
  if (count < 1) throw new RangeError('certainty equivalent: expected at least one value, got none');
  if (!(gamma >= 0 && gamma < Infinity)) {
    throw new RangeError(`certainty equivalent: expected a finite gamma >= 0, got ${gamma}`);
  }
  const mean = compensatedSum(count, wealth) / count;
  if (gamma === 0) return mean;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < count; i++) {
    const x = wealth(i);
    if (x < min) min = x;
    if (x > max) max = x;
  }
  if (gamma * (max - min) <= 1) {
    return mean - log1p(compensatedSum(count, (i) => expm1(-gamma * (wealth(i) - mean))) / count) / gamma;
  }
  return min - log(compensatedSum(count, (i) => exp(-gamma * (wealth(i) - min))) / count) / gamma;
}

/**
 * Standard error of `certaintyEquivalent` by the delta method, sd(w)/(γ mean(w) √n) with w = e^(−γ x); at γ = 0 that of the
 * mean. It is itself unreliable where a few paths carry most of the sum: the effective sample size
 * n/(1 + n γ² se²) (Kish) then is small.
 */
export function certaintyEquivalentStandardError(
  count: number,
  wealth: (path: number) => number,
  gamma: number,
): number {
  if (count < 2) return Number.NaN;
  let min = Infinity;
  for (let i = 0; i < count; i++) min = Math.min(min, wealth(i));
  // Relative to the worst path, so that no exponential overflows; w − 1 keeps its digits for a small γ.
  const weight = (i: number): number => (gamma === 0 ? wealth(i) : expm1(-gamma * (wealth(i) - min)));
  const mean = compensatedSum(count, weight) / count;
  const squares = compensatedSum(count, (i) => (weight(i) - mean) * (weight(i) - mean));
  const se = Math.sqrt(squares / (count - 1) / count);
  return gamma === 0 ? se : se / (gamma * (1 + mean));
}
