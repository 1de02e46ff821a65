import { exp } from '../util/elementary.ts';
import type { Atom } from './atoms.ts';
import { CosineSeries } from './cosine-series.ts';

/** The worst share of PnL that VaR and CVaR at 95 % speak of. */
const WORST_SHARE = 0.05;

export interface Percentile {
  readonly value: number;
  /** Density of PnL there; Infinity on an atom. */
  readonly density: number;
}

/** What inverting the characteristic function gives; PnL in price units × units, CVaR as a loss. */
export interface LawFigures {
  readonly p05: Percentile;
  readonly p50: Percentile;
  readonly p95: Percentile;
  readonly cvar95: number;
  /** E[PnL] of the inverted law, against that of the moments. */
  readonly mean: number;
}

/** The characteristic function of PnL − centre at u_k = kπ/(b − a), and the interval [a, b] of PnL − centre. */
export interface SampledTransform {
  readonly centre: number;
  readonly a: number;
  readonly b: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Figures of the law whose density part has the transform and which has the atoms, ascending, beside it. */
export function lawFigures(transform: SampledTransform, atoms: readonly Atom[], filtered: boolean): LawFigures {
  const { centre } = transform;
  const series = densityOf(transform, filtered);
  const p05 = percentile(series, atoms, centre, WORST_SHARE);
  const edge = p05.value - centre;
  const below = atoms.filter(({ value }) => value < p05.value);
  const atEdge = series.at(edge);
  const mass = below.reduce((sum, { probability }) => sum + probability, atEdge.mass);
  const moment = below.reduce((sum, { value, probability }) => sum + probability * (value - centre), atEdge.moment);
  const whole = atoms.reduce(
    (sum, { value, probability }) => sum + probability * (value - centre),
    series.at(series.b).moment,
  );
  return {
    p05,
    p50: percentile(series, atoms, centre, 0.5),
    p95: percentile(series, atoms, centre, 1 - WORST_SHARE),
    // The edge's atom counts by the fraction of it that the share covers (Rockafellar & Uryasev 2002).
    cvar95: -(centre + (moment + (WORST_SHARE - mass) * edge) / WORST_SHARE),
    mean: centre + whole,
  };
}

/** The density part of PnL − centre. */
export function densityOf({ a, b, re, im }: SampledTransform, filtered: boolean): CosineSeries {
  return new CosineSeries(a, b, re, im, filtered ? filter : undefined);
}

/** The least x with P(PnL <= x) >= share. */
function percentile(series: CosineSeries, atoms: readonly Atom[], centre: number, share: number): Percentile {
  let passed = 0;
  let low = series.a;
  for (const { value, probability } of atoms) {
    const { mass } = series.at(value - centre);
    if (share <= mass + passed) break;
    passed += probability;
    if (share <= mass + passed) return { value, density: Number.POSITIVE_INFINITY };
    low = value - centre;
  }
  const x = series.invert(share - passed, low);
  return { value: centre + x, density: series.at(x).density };
}

/** The exponential filter of order 8 (Gottlieb & Shu, SIAM Review 39, 1997): fast convergence where f is smooth. */
function filter(share: number): number {
  const square = share * share;
  return exp(-36 * square * square * square * square);
}
