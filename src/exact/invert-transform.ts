import { exp, log } from '../util/elementary.ts';
import type { ExactEngine } from './engine.ts';
import { densityOf, type LawFigures, lawFigures, removeAtoms, type SampledTransform } from './law.ts';

/** The figures of the law with the size of their error. */
export interface InvertedLaw extends LawFigures {
  /** Largest error to be expected of a percentile or CVaR, price units × units. */
  readonly uncertainty: number;
  /** Terms of the cosine series. */
  readonly terms: number;
}

/** Probability that the interval of the series may miss on each side. */
const TAIL = 1e-11;
/** The exponents, in units of 1/std, whose Chernoff bounds of the tails are compared. */
const BOUND_EXPONENTS = [0.02, 0.1, 0.3, 1, 2, 3.5, 5];
/** ln of an expectation past which its bound is of no use. */
const MOST_LOG = 500;
/** Terms are added in stretches of these lengths until the transform has died down. */
const STRETCHES = [64, 64, 128, 256, 512, 1024, 2048];
/** Inventories × terms past which no stretch is begun; time goes with them. */
const MOST_WORK = 100_000;
/** Terms that are taken whatever the work. */
const LEAST_TERMS = 256;
/** A transform this small at the end is as good as 0: its own error is of that order. */
const NEGLIGIBLE = 1e-10;
/** A transform above this at the end needs the filter, which costs more than it brings below. */
const FILTERED = 1e-8;
/** What the integration and the interval's ends add to the error of a probability. */
const INTEGRATION = 3e-11;

/**
 * Percentiles and CVaR of PnL from its characteristic function by the COS method (Fang & Oosterlee 2008). The interval is
 * wide enough by Chernoff's bound P(X >= x) <= E[e^(s(X − x))], whose expectations are computed as exactly as the rest;
 * terms are added until the transform is negligible. Where it stays above that (few fills: the density has kinks) the
 * series is filtered, and the change from half the terms is part of the uncertainty.
 */
export function invertTransform(engine: ExactEngine, mean: number, std: number): InvertedLaw {
  const { sampled, rest } = sampleTransform(engine, mean, std);
  const isFiltered = rest > FILTERED;
  const figures = lawFigures(sampled, engine.atoms, isFiltered);
  const half = isFiltered ? lawFigures(firstHalf(sampled), engine.atoms, true) : figures;
  const width = sampled.b - sampled.a;
  return { ...figures, uncertainty: uncertaintyOf(figures, half, rest, mean, width), terms: sampled.re.length };
}

/** The density of PnL beside its atoms, as a function of PnL; 0 where the law has next to no probability. */
export function invertDensity(engine: ExactEngine, mean: number, std: number): (pnl: number) => number {
  const { sampled, rest } = sampleTransform(engine, mean, std);
  const series = densityOf(sampled, rest > FILTERED);
  return (pnl) => {
    const x = pnl - mean;
    // A truncated series wiggles about 0 where there is nothing.
    return x > series.a && x < series.b ? Math.max(0, series.at(x).density) : 0;
  };
}

/** The transform without the atoms' part, at as many frequencies as it takes; `rest` is its size at the last of them. */
function sampleTransform(
  engine: ExactEngine,
  mean: number,
  std: number,
): { readonly sampled: SampledTransform; readonly rest: number } {
  const { a, b } = interval(engine, std);
  const spacing = Math.PI / (b - a);
  const re: number[] = [];
  const im: number[] = [];
  let sampled = sample(a, b, mean, re, im);
  let rest = 1;
  for (const count of STRETCHES) {
    if (re.length >= LEAST_TERMS && (re.length + count) * engine.moments.lattice.width > MOST_WORK) break;
    for (const value of engine.frequencies(re.length, count, spacing)) {
      const scale = exp(value.logScale);
      re.push(value.re * scale);
      im.push(value.im * scale);
    }
    sampled = sample(a, b, mean, re, im);
    removeAtoms(sampled, engine.atoms);
    rest = largestOfLast(sampled, count >> 3);
    if (rest <= NEGLIGIBLE) break;
  }
  return { sampled, rest };
}

/**
 * The narrowest interval around the mean that misses at most TAIL on each side, by the best of several bounds. ln E is
 * convex in s: where one is out of reach, so are those of larger exponents.
 */
function interval(engine: ExactEngine, std: number): { readonly a: number; readonly b: number } {
  const side = (sign: number): number => {
    let nearest = Number.POSITIVE_INFINITY;
    for (const exponent of BOUND_EXPONENTS) {
      const s = exponent / std;
      const value = engine.exponential(sign * s, { tolerance: 1e-2, mostLog: MOST_LOG });
      if (Number.isNaN(value)) break;
      nearest = Math.min(nearest, (value - log(TAIL)) / s);
    }
    if (nearest < Infinity) return nearest;
    throw new RangeError('the tails of PnL are too heavy for an interval that holds them');
  };
  return { a: -side(-1), b: side(1) };
}

function sample(a: number, b: number, centre: number, re: readonly number[], im: readonly number[]): SampledTransform {
  return { a, b, centre, re: Float64Array.from(re), im: Float64Array.from(im) };
}

function firstHalf(sampled: SampledTransform): SampledTransform {
  const half = sampled.re.length >> 1;
  return { ...sampled, re: sampled.re.subarray(0, half), im: sampled.im.subarray(0, half) };
}

function largestOfLast({ re, im }: SampledTransform, count: number): number {
  let largest = 0;
  for (let k = re.length - count; k < re.length; k++) {
    largest = Math.max(largest, Math.sqrt(re[k]! * re[k]! + im[k]! * im[k]!));
  }
  return largest;
}

/** An error of the probabilities moves a percentile by itself over the density; the mean's mismatch shows the rest. */
function uncertaintyOf(figures: LawFigures, half: LawFigures, rest: number, mean: number, width: number): number {
  const probability = INTEGRATION + (rest > FILTERED ? 0 : rest) + Math.abs(figures.mean - mean) / width;
  const { p05, p50, p95 } = figures;
  const moved = [p05, p50, p95].map(({ density }) => probability / density);
  const changed = [
    p05.value - half.p05.value,
    p50.value - half.p50.value,
    p95.value - half.p95.value,
    figures.cvar95 - half.cvar95,
  ].map(Math.abs);
  return Math.max(...moved, ...changed, (probability * width) / 0.05);
}
