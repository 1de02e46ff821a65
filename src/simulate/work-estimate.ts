import type { SimulatorParameters } from '../config/experiment.ts';
import { monitoringIntervals } from './event/monitoring.ts';
import { timeStepsOf } from './stepped/time-steps.ts';

/** Steps, or expected market orders and monitoring times, of one path: what its cost is proportional to. */
export function workOfPath(simulator: SimulatorParameters): number {
  if (simulator.scheme === 'stepped') return timeStepsOf(simulator).count;
  const { A, T, drawdown_dt } = simulator;
  // The constant stands for what a path costs without any order.
  return Math.ceil(2 * A * T) + monitoringIntervals(T, drawdown_dt) + 20;
}
