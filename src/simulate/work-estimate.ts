import type { Scenario } from '../config/experiment.ts';
import { arrivalsOf } from './arrivals/index.ts';
import { monitoringIntervals } from './event/monitoring.ts';
import { timeStepsOf } from '../plan/time-steps.ts';

/** What a step or market order of a walk costs, in those of the tabulated kernels. */
const WALK = 8;

/** Steps, or expected market orders and monitoring times, of one path: what its cost is proportional to. */
export function workOfPath({ simulator, pathwise }: Pick<Scenario, 'simulator' | 'pathwise'>): number {
  const { T, drawdown_dt, arrivals } = simulator;
  const cost = pathwise ? WALK : 1;
  if (simulator.scheme === 'stepped') return cost * timeStepsOf(simulator).count;
  const orders = 2 * arrivalsOf(arrivals.type).expectedOrders(arrivals.params, simulator);
  // The constant stands for what a path costs without any order.
  return cost * (Math.ceil(orders) + monitoringIntervals(T, drawdown_dt) + 20);
}
