import type { RunPlan } from '../plan/plan.ts';
import { columnsOf } from './prepare-cell.ts';
import { pathColumnsBytes } from './results-buffer.ts';

/** Bytes of the paths that a run holds at a time: those of its largest scenario. */
export function pathsBytes(plan: RunPlan): number {
  return plan.scenarios.reduce((most, scenario) => {
    const cell = pathColumnsBytes(scenario.paths, columnsOf({ scenario }));
    return Math.max(most, scenario.strategies.length * cell);
  }, 0);
}
