import { log1p } from '../util/elementary.ts';
import { normalTail } from './normal-tail.ts';

/** Above so many degrees of freedom the normalising transformation is exact to a double's last digits but a few. */
const FEW_DEGREES = 60;

/**
 * P(T > t) of Student's law. Up to 60 degrees of freedom the finite sums of Abramowitz & Stegun (Handbook of Mathematical
 * Functions, 26.7.3–4); above, the normal tail at Hill's transformed t (Algorithm 395, Communications of the ACM 13(10), 1970),
 * to about 1e-9 relative near 1 %. Infinite degrees of freedom are the normal law.
 * @throws RangeError unless `degrees` is a positive integer or Infinity
 */
export function studentTail(t: number, degrees: number): number {
  if (!(degrees >= 1 && (Number.isInteger(degrees) || degrees === Infinity))) {
    throw new RangeError(`Student's law: expected positive whole degrees of freedom, got ${degrees}`);
  }
  if (Number.isNaN(t)) return Number.NaN;
  if (t < 0) return 1 - studentTail(-t, degrees);
  if (degrees === Infinity || t === Infinity) return normalTail(t);
  return degrees <= FEW_DEGREES ? tailBySum(t, degrees) : normalTail(normalised(t, degrees));
}

/**
 * The t with P(T > t) = tail, by bisection to the last digits.
 * @throws RangeError unless 0 < tail <= 1/2
 */
export function studentQuantile(tail: number, degrees: number): number {
  if (!(tail > 0 && tail <= 0.5)) throw new RangeError(`Student's law: expected a tail in (0, 0.5], got ${tail}`);
  let low = 0;
  let high = 1;
  while (studentTail(high, degrees) > tail && high < 1e300) high *= 2;
  while (high - low > 1e-15 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (studentTail(middle, degrees) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** (1 − A(t))/2, A(t) = P(|T| <= t) as a sum of powers of cos² θ, tan θ = t/√ν. */
function tailBySum(t: number, degrees: number): number {
  const square = t * t;
  const cosine2 = degrees / (degrees + square);
  const sine = t / Math.sqrt(degrees + square);
  const odd = degrees % 2 === 1;
  let term = odd ? sine * Math.sqrt(cosine2) : sine;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= (cosine2 * (k - 1)) / k;
    sum += term;
  }
  const inside = odd ? (2 / Math.PI) * (arctangent(t / Math.sqrt(degrees)) + sum) : sum;
  return Math.max(0, (1 - inside) / 2);
}

/** Hill's z with P(Z > z) = P(T > t). */
function normalised(t: number, degrees: number): number {
  const a = degrees - 0.5;
  const b = 48 * a * a;
  const w2 = a * log1p((t * t) / degrees);
  const w = Math.sqrt(w2);
  const w4 = w2 * w2;
  return w + (w * (w2 + 3)) / b - (w * (4 * w4 * w2 + 33 * w4 + 240 * w2 + 855)) / (10 * b * (b + 0.8 * w4 + 100));
}

/** arctan x for x >= 0 by halving the angle and Gregory's series; Math.atan's last bit depends on the JavaScript engine. */
function arctangent(x: number): number {
  if (x > 1) return Math.PI / 2 - arctangent(1 / x);
  let y = x;
  for (let i = 0; i < 4; i++) y /= 1 + Math.sqrt(1 + y * y);
  const square = y * y;
  let sum = 0;
  for (let k = 21; k >= 1; k -= 2) sum = 1 / k - square * sum;
  return 16 * y * sum;
}
