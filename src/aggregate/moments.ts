import { extent, mean, type Sample } from './checked-statistics.ts';
import { compensatedSum } from './compensated-sum.ts';

/**
 * Mean and central moments of a column. The moments are those of the column divided by `scale`, a power of two near
 * its range (division by it is exact), so that fourth powers neither overflow nor underflow:
 * m_r = (1/n) Σ ((x − mean)/scale)^r.
 */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly scale: number;
  readonly m2: number;
  readonly m3: number;
  readonly m4: number;
}

/** Moments of a checked column, in two passes of compensated sums in index order; O(n). RangeError when empty. */
export function centralMoments(x: Sample): Moments {
  const count = x.length;
  const { min, max } = extent(x);
  // A constant column has exactly no spread; the rounding of its mean must not give it one.
  if (min === max) return { count, mean: min, min, max, scale: 1, m2: 0, m3: 0, m4: 0 };
  const average = mean(x);
  const scale = powerOfTwoNear(max - min);
  const sumOfPowers = (power: (deviation: number) => number) =>
    compensatedSum(count, (i) => power((x[i]! - average) / scale)) / count;
  return {
    count,
    mean: average,
    min,
    max,
    scale,
    m2: sumOfPowers((d) => d * d),
    m3: sumOfPowers((d) => d * d * d),
    m4: sumOfPowers((d) => d * d * (d * d)),
  };
}

/**
 * Moments of two columns put together, from theirs: Pébay's update (Sandia report SAND2008-6212, 2008, eqs. 1.1–1.4; for
 * the variance Chan, Golub & LeVeque, The American Statistician 37(3), 1983). The error grows with the number of merges, by
 * an ulp or so each.
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  const count = a.count + b.count;
  const min = Math.min(a.min, b.min);
  const max = Math.max(a.max, b.max);
  if (min === max) return { ...a, count };
  const scale = powerOfTwoNear(max - min);
  const p = a.count / count;
  const q = b.count / count;
  const u = a.scale / scale;
  const v = b.scale / scale;
  const shift = b.mean - a.mean;
  const d = shift / scale;
  const [a2, b2] = [a.m2 * u * u, b.m2 * v * v];
  const [a3, b3] = [a.m3 * u * u * u, b.m3 * v * v * v];
  const [a4, b4] = [a.m4 * u * u * (u * u), b.m4 * v * v * (v * v)];
  return {
    count,
    mean: a.mean + shift * q,
    min,
    max,
    scale,
    m2: p * a2 + q * b2 + p * q * d * d,
    m3: p * a3 + q * b3 + p * q * d * (3 * (b2 - a2) + (p - q) * d * d),
    m4: p * a4 + q * b4 + p * q * d * (4 * (b3 - a3) + d * (6 * (q * a2 + p * b2) + (1 - 3 * p * q) * d * d)),
  };
}

/** Sample standard deviation √(Σ(x − mean)²/(n − 1)), in the column's units; NaN for n = 1. */
export function sampleStd(m: Moments): number {
  return m.count < 2 ? Number.NaN : m.scale * Math.sqrt((m.m2 * m.count) / (m.count - 1));
}

/** Standard error of the mean, std/√n (central limit theorem); NaN for n = 1. */
export function standardErrorOfMean(m: Moments): number {
  return sampleStd(m) / Math.sqrt(m.count);
}

/**
 * Standard error of the standard deviation by the delta method, √((μ4 − σ⁴)/n)/(2σ), with the sample's central
 * moments for μ4 and σ² (Cramér, Mathematical Methods of Statistics, 1946, §28.4); 0 for a constant column, NaN for
 * n = 1.
 */
export function standardErrorOfStd(m: Moments): number {
  if (m.count < 2) return Number.NaN;
  if (m.m2 === 0) return 0;
  // μ4 >= σ⁴ always; rounding can undo that where both are equal (two points of equal weight).
  const variance = Math.max(0, m.m4 - m.m2 * m.m2) / m.count;
  return (m.scale * Math.sqrt(variance)) / (2 * Math.sqrt(m.m2));
}

/** Skewness m3/m2^(3/2): the biased coefficient, SciPy's default; NaN for a constant column. */
export function skewness(m: Moments): number {
  return m.m3 / (m.m2 * Math.sqrt(m.m2));
}

/** Excess kurtosis m4/m2² − 3 (0 for a normal law): the biased coefficient, SciPy's default; NaN if constant. */
export function excessKurtosis(m: Moments): number {
  return m.m4 / (m.m2 * m.m2) - 3;
}

/** The smallest power of two that is >= range, for range > 0; without Math.log2, which depends on the engine. */
function powerOfTwoNear(range: number): number {
  let scale = 1;
  while (scale < range) scale *= 2;
  while (scale / 2 >= range && scale > Number.MIN_VALUE) scale /= 2;
  return scale;
}
