import type { ModelParameters, Scenario, SimulatorParameters } from '../config/experiment.ts';
import { certaintyEquivalent } from '../exact/certainty-equivalent.ts';
import { engineOf } from '../exact/exact-law.ts';
import { requireMarkov } from '../exact/markov.ts';
import { momentFigures } from '../exact/moment-figures.ts';
import { NoExactLawError } from '../exact/no-exact-law-error.ts';
import type { Cell } from '../plan/plan.ts';
import { solveHjb } from '../solve/hjb-grid.ts';
import type { QuoteRule } from '../strategies/strategy.ts';
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
export function exactValue(cell: Pick<Cell, 'scenario' | 'strategy'>): number {
  try {
    const { rule, model } = requireMarkov(cell);
    return valueOfRule(cell.scenario.simulator, model, rule, cell.strategy.name);
  } catch (error) {
    if (error instanceof NoExactLawError) return Number.NaN;
    throw error;
  }
}

/** The same for any rule. Throws NoExactLawError where its inventory spreads too far. */
export function valueOfRule(
  market: SimulatorParameters,
  model: ModelParameters,
  rule: QuoteRule,
  name = 'the rule',
): number {
  const engine = engineOf(market, rule, name);
  return certaintyEquivalent(engine, momentFigures(engine, model), model).value;
}
