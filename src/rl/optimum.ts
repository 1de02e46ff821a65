import type { Scenario } from '../config/experiment.ts';
import { exactLaw } from '../exact/exact-law.ts';
import { NoExactLawError } from '../exact/no-exact-law-error.ts';
import type { Cell } from '../plan/plan.ts';
import { solveHjb } from '../solve/hjb-grid.ts';
import { rlOf } from './env/settings.ts';

/** The largest expected total reward, as a certainty equivalent, or why it is not known. */
export type Optimum = { readonly value: number } | { readonly unknown: string };

/** Keys in which a model that is to be optimal must agree with the market. */
const SHARED = ['sigma', 'mu', 'A', 'k', 'T', 'Q_max', 'order_size', 'maker_fee', 'impact'] as const;

/**
 * θ(0, q0) of the HJB equation of the scenario's model, where that is the optimum of what the reward adds up to: Brownian
 * price, Poisson orders of exponential depth, continuous time, and a model that is the market.
 */
export function optimumOf(scenario: Scenario): Optimum {
  const { simulator, model } = scenario;
  const { midprice, arrivals, depth, tick, latency, scheme } = simulator;
  if (rlOf(scenario).reward === 'sharpe') return { unknown: 'the Sharpe ratio of recent returns has no HJB equation' };
  const differs = SHARED.find((key) => simulator[key] !== model[key]);
  if (differs !== undefined) return { unknown: `the model's ${differs} is not the market's` };
  if (model.Q_max === null) return { unknown: 'without an inventory bound there is no grid (give model.Q_max)' };
  if (midprice.type !== 'brownian' || arrivals.type !== 'poisson' || depth.type !== 'exponential') {
    return { unknown: 'the market is not Brownian with Poisson orders of exponential depth' };
  }
  if (tick !== null || latency > 0 || scheme !== 'event') {
    return { unknown: 'quotes are not free to move in continuous time (tick, latency or steps)' };
  }
  const { theta, inventories } = solveHjb(model);
  return { value: theta[Math.round(simulator.q0 / simulator.order_size) + (inventories.length - 1) / 2]! };
}

/** The exact certainty equivalent of a cell's strategy; NaN where it has none. */
export function exactValue(cell: Cell): number {
  try {
    return exactLaw(cell).certainty_equivalent;
  } catch (error) {
    if (error instanceof NoExactLawError) return Number.NaN;
    throw error;
  }
}
