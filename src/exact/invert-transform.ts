import type { ExactEngine } from './engine.ts';
import { densityOf, type LawFigures, lawFigures, type SampledTransform } from './law.ts';
import { type SamplingOptions, sampleTransform } from './sample-transform.ts';

/** The figures of the law with the size of their error. */
export interface InvertedLaw extends LawFigures {
  /** Largest error to be expected of a percentile or CVaR, price units × units. */
  readonly uncertainty: number;
  /** Terms of the cosine series. */
  readonly terms: number;
}

/** A transform above this at the end needs the filter, which costs more than it brings below. */
const FILTERED = 1e-8;
/** What the integration and the interval's ends add to the error of a probability. */
const INTEGRATION = 3e-11;
/** An error that changes by so much with half the terms may be as large with all of them, by ill luck of its phase. */
const HALF_TERMS = 2;

/**
 * Percentiles and CVaR of PnL from its characteristic function by the COS method (Fang & Oosterlee 2008). The interval is
 * wide enough by Chernoff's bound P(X >= x) <= E[e^(s(X − x))], whose expectations are computed as exactly as the rest;
 * terms are added until the transform is negligible from there on. Where it stays above that (few fills: the density has
 * kinks) the series is filtered, and the change from half the terms is part of the uncertainty.
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
export function invertDensity(
  engine: ExactEngine,
  mean: number,
  std: number,
  sampling: SamplingOptions = {},
): (pnl: number) => number {
  const { sampled, rest } = sampleTransform(engine, mean, std, sampling);
  const series = densityOf(sampled, rest > (sampling.negligible ?? FILTERED));
  return (pnl) => {
    const x = pnl - mean;
    // A truncated series wiggles about 0 where there is nothing.
    return x > series.a && x < series.b ? Math.max(0, series.at(x).density) : 0;
  };
}

function firstHalf(sampled: SampledTransform): SampledTransform {
  const half = sampled.re.length >> 1;
  return { ...sampled, re: sampled.re.subarray(0, half), im: sampled.im.subarray(0, half) };
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
  ].map((change) => HALF_TERMS * Math.abs(change));
  return Math.max(...moved, ...changed, (probability * width) / 0.05);
}
