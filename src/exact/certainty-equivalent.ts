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

/** The certainty equivalent that θ(0, q0) of the HJB equation is for the equation's own quotes (GLFT 2013). */
export function certaintyEquivalent(
  engine: ExactEngine,
  { mean, integral_q2_mean, terminal_cost }: MomentFigures,
  { gamma, phi, running }: ModelParameters,
): CertaintyEquivalent {
  if (gamma === 0) {
    return { value: mean - terminal_cost - running * integral_q2_mean, deviation: Number.NaN };
  }
  const [once, twice] = [1, 2].map((times) => logExpectation(engine, times * gamma, phi, running));
  const ratio = twice! - 2 * once!;
  return { value: mean - once! / gamma, deviation: Math.sqrt(Math.max(0, expm1(ratio))) / gamma };
}

/** ln E[e^(−g(PnL − mean − φ q_T² − ζ∫q²))]. */
function logExpectation(engine: ExactEngine, g: number, phi: number, running: number): number {
  const { inventories } = engine.moments.lattice;
  // Relative to the largest cost, so that no weight overflows.
  const most = inventories.reduce((largest, q) => Math.max(largest, q * q), 0);
  const weights = inventories.map((q) => exp(g * phi * (q * q - most)));
  return engine.exponential(-g, { tolerance: 1e-11, running, weights, mostAtEdge: 1e-10 }) + g * phi * most;
}
