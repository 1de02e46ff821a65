import type { ModelParameters } from '../config/experiment.ts';
import { exp, expm1 } from '../util/elementary.ts';
import type { ExactEngine } from './engine.ts';
import type { MomentFigures } from './moment-figures.ts';

export interface CertaintyEquivalent {
  /** −(1/γ) ln E[e^(−γW)], W being PnL less terminal cost and running penalty; E[W] at γ = 0. NaN where it cannot be computed. */
  readonly value: number;
  /** Standard deviation of e^(−γW) over its mean and γ: what an estimate from n paths has for a standard error, times √n. */
  readonly deviation: number;
}

/**
 * The least γ, in units of 1/(spread of W), at which E[e^(−γW)] is computed: below it, 1/γ makes its rounding too large.
 * For smaller γ a parabola in γ goes through E[W] and two such values; κ₄ being W's fourth cumulant, its error is within
 * 1e-10 κ₄/spread³.
 */
const LEAST_EXPONENT = 1e-3;

/** The certainty equivalent that θ(0, q0) of the HJB equation is for the equation's own quotes (GLFT 2013). */
export function certaintyEquivalent(
  engine: ExactEngine,
  { mean, std, integral_q2_mean, terminal_cost }: MomentFigures,
  { gamma, phi, running }: ModelParameters,
): CertaintyEquivalent {
  const expected = mean - terminal_cost - running * integral_q2_mean;
  const spread = std + terminal_cost + running * integral_q2_mean;
  if (gamma === 0 || spread === 0) return { value: expected, deviation: Number.NaN };
  const g = Math.max(gamma, LEAST_EXPONENT / spread);
  const once = logExpectation(engine, g, phi, running);
  const twice = logExpectation(engine, 2 * g, phi, running);
  const deviation = Math.sqrt(Math.max(0, expm1(twice - 2 * once))) / g;
  const value = mean - once / g;
  if (g === gamma) return { value, deviation };
  // Newton's form through γ = 0, g and 2g.
  const slope = (value - expected) / g;
  const curvature = (mean - twice / (2 * g) - 2 * value + expected) / (2 * g * g);
  return { value: expected + gamma * (slope + (gamma - g) * curvature), deviation };
}

/** ln E[e^(−g(PnL − mean − φ q_T² − ζ∫q²))]. */
function logExpectation(engine: ExactEngine, g: number, phi: number, running: number): number {
  const { inventories } = engine.moments.lattice;
  // Relative to the largest cost, so that no weight overflows.
  const most = inventories.reduce((largest, q) => Math.max(largest, q * q), 0);
  const weights = inventories.map((q) => exp(g * phi * (q * q - most)));
  return engine.exponential(-g, { tolerance: 1e-11, running, weights, mostAtEdge: 1e-10 }) + g * phi * most;
}
