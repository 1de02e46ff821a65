import type { ModelParameters } from '../config/experiment.ts';
import { log, log1p } from '../util/elementary.ts';
import { SolveError } from './solve-error.ts';

/**
 * The model in lots of `order_size` z: with q = n z and θ = z ϑ the HJB equation becomes that of unit orders,
 *     ϑ_τ = μ n − κ n² + h(D⁺) + h(D⁻),  ϑ(τ = 0) = −φ z n²,  κ = γ z σ²/2 + ζ z,  τ = T − t,
 *     h(D) = max over δ of A e^(−kδ) (1 − e^(−g(δ − s + D)))/g,  g = γ z,
 * with D the difference of ϑ over one lot, in price units. A fee c and an impact ξ change the jump of a bid fill at q to
 * zδ − zc − ξ(q + z) + θ(q + z) − θ(q), of an ask fill to zδ − zc + ξ(q − z) + θ(q − z) − θ(q). With
 *     θ = z ϑ + ξ q²/(2z),  s = c + ξ/2
 * both become z(δ − s) + z (ϑ(n ± 1) − ϑ(n)): impact is a terminal cost ξ/(2z) q² beside φ, and a cost s of each unit
 * (Guéant, Lehalle & Fernandez-Tapia 2013, who treat the impact so).
 */
export interface LotModel {
  /** Lattice n = −lots … lots. */
  readonly lots: number;
  readonly size: number;
  /** γ z; 0 also where γ z is too small to be told from it. */
  readonly g: number;
  readonly k: number;
  readonly A: number;
  readonly mu: number;
  readonly kappa: number;
  /** s = maker_fee + impact/2, price units. */
  readonly unitCost: number;
  readonly impact: number;
  /** Distance of the maker without inventory effects, (1/g) ln(1 + g/k) + s. */
  readonly myopic: number;
  /** ln of h′(0) for an interior optimum: ln A − k·myopic − ln(1 + g/k). */
  readonly logSlope: number;
  readonly deltaMin: number;
  readonly deltaMax: number;
}

/** Below this g/k, e^(−gδ) and 1 − gδ are the same double, and 1/g may overflow. */
const NEGLIGIBLE_RISK_AVERSION = 1e-100;

/** (1/g) ln(1 + g/k), which tends to 1/k as g = γ z tends to 0 (Guéant, Lehalle & Fernandez-Tapia 2013). */
export function myopicDistance(g: number, k: number): number {
  return g / k > NEGLIGIBLE_RISK_AVERSION ? log1p(g / k) / g : 1 / k;
}

/** c + ξ/2: what a unit traded costs the maker in fee and, over a round trip, in impact; price units. */
export function unitCost({ maker_fee, impact }: ModelParameters): number {
  return maker_fee + 0.5 * impact;
}

/** Lots that fit within Q_max; a Q_max that is a multiple of the order size up to rounding counts as one. */
export function countLots(model: ModelParameters): number {
  return Math.floor(((model.Q_max ?? 0) / model.order_size) * (1 + 1e-12));
}

/** @throws SolveError where a parameter lies outside the range in which the equation has a meaning. */
export function createLotModel(model: ModelParameters): LotModel {
  if (model.Q_max === null) throw new SolveError('model.Q_max = null: the quote grid needs a bound; add model.Q_max');
  requireRange(model, ['A', 'gamma', 'phi', 'running', 'Q_max', 'impact'], 'at least 0', (x) => x >= 0);
  requireRange(model, ['k', 'T', 'dt', 'order_size'], 'positive', (x) => x > 0);
  requireRange(model, ['sigma', 'mu', 'maker_fee'], 'finite', () => true);
  const { A, k, mu, sigma, order_size: size, delta_min: low, delta_max: high } = model;
  if (low !== null && high !== null && !(low <= high)) {
    throw new SolveError(`delta_min = ${low} exceeds delta_max = ${high}: swap them`);
  }
  const g = model.gamma * size;
  const cost = unitCost(model);
  const myopic = myopicDistance(g, k) + cost;
  return {
    lots: countLots(model),
    size,
    g: g / k > NEGLIGIBLE_RISK_AVERSION ? g : 0,
    k,
    A,
    mu,
    kappa: 0.5 * g * sigma * sigma + model.running * size,
    unitCost: cost,
    impact: model.impact,
    myopic,
    logSlope: log(A) - k * myopic - log1p(g / k),
    deltaMin: low ?? -Infinity,
    deltaMax: high ?? Infinity,
  };
}

/**
 * Largest |D| from which the integration starts. Unbounded quotes undo a difference D at the speed e^(kD), and a
 * binding delta_max at the speed e^(gD), so that after a time e^(−600) T nothing is left of what exceeds this; larger
 * exponents would overflow.
 */
export function largestStartingDifference(lot: LotModel, T: number): { upward: number; forced: number } {
  const { A, k, g, deltaMax, unitCost } = lot;
  const upward = lot.deltaMin === -Infinity && A > 0 ? (600 - lot.logSlope - log(T)) / k : Infinity;
  const forced =
    deltaMax < Infinity && A > 0 && g > 0
      ? (600 - log(A * T) + k * deltaMax + g * (deltaMax - unitCost)) / g
      : Infinity;
  return { upward, forced };
}

/**
 * D on the edge between lots n and n + 1, n = edge − lots, from a row of θ: its difference per unit less that of ξ q²/(2z),
 * ξ(n + ½).
 */
export function differenceAt(
  { lots, size, impact }: LotModel,
  theta: ArrayLike<number>,
  start: number,
  edge: number,
): number {
  return (theta[start + edge + 1]! - theta[start + edge]!) / size - impact * (edge - lots + 0.5);
}

/** Distance that maximises the Hamiltonian at a difference D: clamp(myopic − D). */
export function optimalDistance(lot: LotModel, D: number): number {
  const delta = lot.myopic - D;
  return delta < lot.deltaMin ? lot.deltaMin : delta > lot.deltaMax ? lot.deltaMax : delta;
}

type NumberKey =
  | 'A'
  | 'gamma'
  | 'phi'
  | 'running'
  | 'Q_max'
  | 'k'
  | 'T'
  | 'dt'
  | 'order_size'
  | 'sigma'
  | 'mu'
  | 'maker_fee'
  | 'impact';

function requireRange(
  model: ModelParameters,
  keys: readonly NumberKey[],
  range: string,
  isWithin: (x: number) => boolean,
): void {
  for (const key of keys) {
    const value = model[key];
    if (value === null || !Number.isFinite(value) || !isWithin(value)) {
      throw new SolveError(
        `model.${key} = ${value}: the quote grid needs it ${range === 'finite' ? '' : 'finite and '}${range}`,
      );
    }
  }
}
