import { exp } from '../util/elementary.ts';

const ROOT_TWO_PI = 2.5066282746310002;
/** Where the series has lost too many digits to cancellation and the continued fraction converges fast. */
const FAR = 3;
const FRACTION_TERMS = 60;

/**
 * P(Z > z) of the standard normal law, to a relative error below 1e-12, with the same bits in every engine: up to |z| = 3 from
 * Φ(z) = 1/2 + φ(z) Σ z^(2n+1) / (1·3·5…(2n+1)) (Marsaglia, Evaluating the normal distribution, J. Stat. Softw. 11(4), 2004),
 * beyond from Laplace's continued fraction φ(z) / (z + 1/(z + 2/(z + …))) (Abramowitz & Stegun 26.2.14). NaN gives NaN.
 */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const density = exp(-0.5 * z * z) / ROOT_TWO_PI;
  if (z <= FAR) {
    let term = z;
    let sum = z;
    for (let n = 3; term > 1e-18 * sum; n += 2) {
      term *= (z * z) / n;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let n = FRACTION_TERMS; n >= 1; n--) fraction = z + n / fraction;
  return density / fraction;
}
