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

/** A certainty equivalent with what its merging needs. */
export interface CertaintyEquivalent {
  readonly count: number;
  readonly value: number;
  /** Its standard error; NaN for one path. */
  readonly se: number;
}

/** `certaintyEquivalent` and its standard error of one column. */
export function certaintyEquivalentOf(
  count: number,
  wealth: (path: number) => number,
  gamma: number,
): CertaintyEquivalent {
  return {
    count,
    value: certaintyEquivalent(count, wealth, gamma),
    se: certaintyEquivalentStandardError(count, wealth, gamma),
  };
}

/**
 * The certainty equivalent of two columns put together, at the gamma of both. With a <= b and b's share q,
 * c = a − (1/γ) log1p(q expm1(−γ(b − a))): log-sum-exp, which neither overflows nor loses digits as γ → 0. The relative
 * variance of the weights e^(−γx) is merged by Chan's update about the common mean, over γ² so that γ = 0 is its limit.
 */
export function mergeCertaintyEquivalents(
  a: CertaintyEquivalent,
  b: CertaintyEquivalent,
  gamma: number,
): CertaintyEquivalent {
  if (b.value < a.value) return mergeCertaintyEquivalents(b, a, gamma);
  const count = a.count + b.count;
  const p = a.count / count;
  const q = b.count / count;
  const gap = b.value - a.value;
  const value = gamma === 0 ? a.value + q * gap : a.value - log1p(q * expm1(-gamma * gap)) / gamma;
  // Mean weights of a and b over the common mean, less 1, over γ.
  const excess = (x: number): number => (gamma === 0 ? value - x : expm1(-gamma * (x - value)) / gamma);
  const [ea, eb] = [excess(a.value), excess(b.value)];
  const relative = (part: CertaintyEquivalent, e: number): number =>
    part.count < 2 ? 0 : (1 + gamma * e) ** 2 * part.se * part.se * (part.count - 1);
  const variance = p * relative(a, ea) + q * relative(b, eb) + p * q * (ea - eb) * (ea - eb);
  return { count, value, se: Math.sqrt(variance / (count - 1)) };
}
