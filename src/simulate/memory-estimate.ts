import os from 'node:os';
import type { StatisticsMode } from '../config/experiment.ts';
import type { PlannedScenario, RunPlan } from '../plan/plan.ts';
import { mostPaths } from '../plan/precision.ts';
import { columnsOf } from './prepare-cell.ts';
import { pathColumnsBytes } from './results-buffer.ts';

/**
 * Bytes of a scenario's paths up to which `statistics: auto` is exact. A constant, so that what a configuration gives does not
 * depend on the machine: one with less memory refuses, and names the cure.
 */
const MOST_EXACT_BYTES = 2 ** 30;
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

/** Bytes that paths may take on this machine. */
export function mostPathsBytes(): number {
  return MOST_MEMORY * os.totalmem();
}

/** Where a scenario's order statistics come from: `auto` settled by the size of its paths, a function of the configuration alone. */
export function statisticsModeOf(scenario: PlannedScenario): StatisticsMode {
  if (scenario.statistics !== 'auto') return scenario.statistics;
  return scenarioBytes(scenario, 'exact') <= MOST_EXACT_BYTES ? 'exact' : 'sketch';
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
