import { exp, log } from '../util/elementary.ts';
import { cis, setCis } from './cis.ts';
import type { ExactEngine, TransformValue } from './engine.ts';
import type { SampledTransform } from './law.ts';

/** The transform without the atoms' part, and its size where the sampling ends or beyond. */
export interface Sampling {
  readonly sampled: SampledTransform;
  readonly rest: number;
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
/** A transform this small is as good as 0: its own error is of that order. */
const NEGLIGIBLE = 1e-10;
/** Most frequencies at which a transform that has died down is looked at again. */
const MOST_PROBES = 256;

/** How finely a transform is sampled. */
export interface SamplingOptions {
  /** A transform this small is taken as 0; by default as good as 0. */
  readonly negligible?: number;
  /** Terms at most; by default what MOST_WORK allows. */
  readonly mostTerms?: number;
}

/** Samples φ at as many frequencies as it takes. */
export function sampleTransform(
  engine: ExactEngine,
  mean: number,
  std: number,
  { negligible = NEGLIGIBLE, mostTerms = Number.POSITIVE_INFINITY }: SamplingOptions = {},
): Sampling {
  const { a, b } = interval(engine, std);
  const spacing = Math.PI / (b - a);
  const re: number[] = [];
  const im: number[] = [];
  let rest = 1;
  // Terms that must be taken before the next look beyond them.
  let needed = 0;
  for (const count of STRETCHES) {
    if (re.length >= LEAST_TERMS && (re.length + count) * engine.moments.lattice.width > MOST_WORK) break;
    if (re.length + count > mostTerms) break;
    const values = withoutAtoms(engine, mean, re.length, count, spacing);
    for (const value of values) {
      re.push(value.re);
      im.push(value.im);
    }
    rest = Math.max(...values.slice(-(count >> 3)).map(sizeOf));
    if (rest > negligible || re.length < needed) continue;
    const beyond = lookBeyond(engine, mean, std, re.length * spacing, negligible);
    rest = Math.max(rest, beyond.largest);
    if (rest <= negligible) break;
    needed = Math.ceil(beyond.last / spacing);
  }
  return { sampled: { a, b, centre: mean, re: Float64Array.from(re), im: Float64Array.from(im) }, rest };
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

/**
 * Whether φ, once it has died down, comes back: jumps of about the same size make PnL nearly a lattice, and then it does.
 * Given the inventory path PnL has a normal part, so that |φ(u)| <= E[e^(−½u²σ²∫q²dt)], which falls: up to where this is
 * negligible, φ is looked at again, at distances that its lobes, about 1/std wide, cannot hide between.
 */
function lookBeyond(
  engine: ExactEngine,
  mean: number,
  std: number,
  from: number,
  negligible: number,
): { readonly largest: number; readonly last: number } {
  const spacing = 1.5 / std;
  const atoms = engine.atoms.reduce((sum, { probability }) => sum + probability, 0);
  let count = 8;
  while (count < MOST_PROBES && damping(engine, from + count * spacing, std) - atoms > negligible) count *= 2;
  const sizes = withoutAtoms(engine, mean, from / spacing, count, spacing).map(sizeOf);
  const last = sizes.findLastIndex((size) => size > negligible);
  return { largest: Math.max(...sizes), last: from + (last + 1) * spacing };
}

/** E[e^(−½u²σ²∫q²dt)]: a running penalty of PnL at an exponent s so small that all else of PnL counts for nothing. */
function damping(engine: ExactEngine, u: number, std: number): number {
  const s = 1e-14 / std;
  const running = (0.5 * u * u * engine.market.sigma * engine.market.sigma) / s;
  const value = engine.exponential(s, { tolerance: 1e-4, running });
  return Number.isNaN(value) ? 1 : exp(value);
}

/** φ of PnL − mean less the atoms' part, at (first + k)·spacing. */
function withoutAtoms(
  engine: ExactEngine,
  mean: number,
  first: number,
  count: number,
  spacing: number,
): { re: number; im: number }[] {
  return engine.frequencies(first, count, spacing).map((value: TransformValue, k) => {
    const scale = exp(value.logScale);
    let re = value.re * scale;
    let im = value.im * scale;
    for (const atom of engine.atoms) {
      setCis((first + k) * spacing * (atom.value - mean));
      re -= atom.probability * cis.re;
      im -= atom.probability * cis.im;
    }
    return { re, im };
  });
}

function sizeOf({ re, im }: { readonly re: number; readonly im: number }): number {
  return Math.sqrt(re * re + im * im);
}
