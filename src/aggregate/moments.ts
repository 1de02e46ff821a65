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
