import os from 'node:os';
import type { StatisticsMode } from '../config/experiment.ts';
import type { PlannedScenario, RunPlan } from '../plan/plan.ts';
import { mostPaths } from '../plan/precision.ts';
import { columnsOf } from './prepare-cell.ts';
import { pathColumnsBytes } from './results-buffer.ts';

/** Share of the machine's memory that the paths of one scenario may take; sorting and tables need the rest. */
const MOST_MEMORY = 0.75;

/**
 * Paths of each strategy in a chunk, in sketch mode: some megabytes, and a second or so of work. Even, so that antithetic pairs
 * stay together, and a constant, so that results never depend on the machine.
 */
export const CHUNK_PATHS = 2 ** 17;
/**
 * The first paths of a cell, which its sketch is centred and scaled by: few, so that whoever simulates a part of the cell can
 * afford to simulate these too. Even, and no more than CHUNK_PATHS.
 */
export const PILOT_PATHS = 2 ** 12;
/** Chunks that are simulated ahead, at most. */
const CHUNKS_AHEAD = 2;
/** A sketch and its order statistics, for PnL without extreme tails. */
const SKETCH_BYTES = 8 * 2 ** 20;

/** Bytes that paths may take on a machine with so much memory. */
export function mostPathsBytes(memory = os.totalmem()): number {
  return MOST_MEMORY * memory;
}

/** Where a scenario's order statistics come from: `auto` settled by whether its paths fit in memory. */
export function statisticsModeOf(scenario: PlannedScenario, memory = os.totalmem()): StatisticsMode {
  if (scenario.statistics !== 'auto') return scenario.statistics;
  return scenarioBytes(scenario, 'exact') <= mostPathsBytes(memory) ? 'exact' : 'sketch';
}

/** Bytes of the paths, and sketches, that a scenario holds at a time. */
export function scenarioBytes(scenario: PlannedScenario, mode: StatisticsMode): number {
  const choice = columnsOf({ scenario });
  const cells = scenario.strategies.length;
  const paths = mostPaths(scenario);
  if (mode === 'exact') return cells * pathColumnsBytes(paths, choice);
  const chunk = pathColumnsBytes(Math.min(paths, CHUNK_PATHS), choice);
  return (cells + CHUNKS_AHEAD) * chunk + cells * SKETCH_BYTES * (1 + (choice.assets ?? 0));
}

/** Bytes of the paths that a run holds at a time: those of its largest scenario. */
export function pathsBytes(plan: RunPlan): number {
  return plan.scenarios.reduce((most, one) => Math.max(most, scenarioBytes(one, statisticsModeOf(one))), 0);
}
