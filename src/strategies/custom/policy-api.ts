/** What a policy module exports: the types that users write against. */
import type { ModelParameters, SimulatorParameters } from '../../config/experiment.ts';
import type { PolicyRandom } from '../policy.ts';

/** The prices of bid and ask, price units; null = no quote on that side. */
export type Quotes = readonly [bid: number | null, ask: number | null];

/** Parameters of a policy, as the config's `params:` gives them. */
export type PolicyParameters = Readonly<Record<string, unknown>>;

/**
 * Quotes at time t, inventory q (units) and midprice S. Called in the order of time: at each step in the stepped scheme, at
 * each market order in the event scheme. Must depend on its arguments alone.
 */
export type Policy = (t: number, q: number, S: number, params: PolicyParameters) => Quotes;

/** What a policy factory is given at the start of each path. */
export interface PolicyContext {
  readonly params: PolicyParameters;
  readonly simulator: SimulatorParameters;
  readonly model: ModelParameters;
  /**
   * The distances of bid and ask from the mid that are optimal in `model` at (t, q), price units, from the solved HJB grid;
   * null = no quote. Throws where the model has no inventory bound, since it then has no grid.
   */
  optimalSpreads(t: number, q: number): Quotes;
  /** Random numbers of the policy's own, the same for a path however the run is spread. Math.random would not be. */
  readonly random: PolicyRandom;
}

/** A policy with a memory: `create` is called at the start of each path and returns that path's policy. */
export interface PolicyFactory {
  create(context: PolicyContext): (t: number, q: number, S: number) => Quotes;
}
