import type { Scenario } from '../config/experiment.ts';
import { BLOCK_WORK, blockWorkOf } from '../plan/blocks.ts';
import type { PlannedScenario } from '../plan/plan.ts';
import { timeStepsOf } from '../plan/time-steps.ts';
import { arrivalsOf } from './arrivals/index.ts';
import { monitoringIntervals } from './event/monitoring.ts';
import { midpriceOf } from './midprice/index.ts';

/** What a step or market order of a walk costs, in those of the tabulated kernels. */
const WALK = 8;

/** Steps, or expected market orders and monitoring times, of one path and of its price: what its cost is proportional to. */
export function workOfPath({
  simulator,
  portfolio,
  pathwise,
}: Pick<Scenario, 'simulator' | 'portfolio' | 'pathwise'>): number {
  const { T, drawdown_dt } = simulator;
  const cost = pathwise ? WALK : 1;
  const markets = portfolio?.assets.map((asset) => asset.simulator) ?? [simulator];
  const ownSteps = markets.reduce((sum, market) => {
    const { type, params } = market.midprice;
    return sum + Math.ceil(midpriceOf(type).ownSteps?.(params, market).count ?? 0);
  }, 0);
  if (simulator.scheme === 'stepped') return cost * (timeStepsOf(simulator).count * markets.length + ownSteps);
  const orders = markets.reduce((sum, market) => {
    const { type, params } = market.arrivals;
    return sum + Math.ceil(2 * arrivalsOf(type).expectedOrders(params, market));
  }, 0);
  // The constant stands for what a path costs without any order; at each order all prices move.
  return cost * ((orders + monitoringIntervals(T, drawdown_dt) + 20) * markets.length + ownSteps);
}

/**
 * Steps or events in a block of a scenario's cells, by the paths that it begins with. Blocks of paths that are walked do not grow:
 * nobody knows how long a policy takes, and a block has a time limit.
 */
export function blockWorkIn(scenario: PlannedScenario): number {
  return scenario.pathwise ? BLOCK_WORK : blockWorkOf(scenario.paths * workOfPath(scenario));
}
