import type { Block } from '../../plan/blocks.ts';
import type { Cell, PlannedScenario } from '../../plan/plan.ts';
import type { BlockExecutor } from '../../simulate/executors/executor.ts';
import { CHUNK_PATHS } from '../../simulate/memory-estimate.ts';
import { type ChunkOutcome, type SimulationHooks, simulateCells } from '../../simulate/simulate-cells.ts';
import type { ExperimentRecord } from '../journal/experiment-record.ts';
import { ScenarioFold } from './fold-scenario.ts';
import { isFolded } from './shard-content.ts';
import type { StoredRange } from './shard-records.ts';

/** The ranges that a scenario's paths are folded by: its chunks in sketch mode. */
export function foldedRanges({ paths }: PlannedScenario): Block[] {
  return Array.from({ length: Math.ceil(paths / CHUNK_PATHS) }, (_, i) => {
    const firstPath = i * CHUNK_PATHS;
    return { firstPath, paths: Math.min(CHUNK_PATHS, paths - firstPath) };
  });
}

/** Bytes of a path in columns, and of what it is folded to: figures of a cell, its sketch by the path and at most, a comparison. */
const COLUMN_BYTES = 19;
const FOLDED_BYTES = { figures: 600, path: 3, sketch: 50_000, pair: 100 } as const;

/** True where a queue has a scenario's paths folded by its workers: that is possible, and smaller than the paths by estimate. */
export function comesFolded(scenario: PlannedScenario, run: Pick<ExperimentRecord, 'exportPaths'>): boolean {
  const paths = Math.min(scenario.paths, CHUNK_PATHS);
  const cells = scenario.strategies.length;
  const { figures, path, sketch, pair } = FOLDED_BYTES;
  const folded = cells * (figures + Math.min(path * paths, sketch)) + (pair * cells * (cells - 1)) / 2;
  return isFolded(scenario, run) && folded < COLUMN_BYTES * paths * cells;
}

type RangeHooks = Pick<SimulationHooks, 'onBlock' | 'signal' | 'onChunk'>;

/** Simulates ranges of paths of all strategies of one scenario, in path order, and what their folding needs beside them. */
export function simulateRanges(
  cells: readonly Cell[],
  executor: BlockExecutor,
  ranges: readonly Block[],
  hooks: RangeHooks,
): Promise<void> {
  return simulateCells(cells, executor, { ...hooks, choose: () => ({ ranges, pilots: true }) });
}

/**
 * Simulates ranges, which are some of `foldedRanges` in path order, and folds each; a cell that fails is failed from there on.
 * Throws as `simulateCells` does.
 */
export async function foldRanges(
  cells: readonly Cell[],
  executor: BlockExecutor,
  ranges: readonly Block[],
  hooks: Omit<RangeHooks, 'onChunk'> & { readonly onRange: (stored: StoredRange) => Promise<void> },
): Promise<void> {
  const fold = new ScenarioFold(cells[0]!.scenario);
  await simulateRanges(cells, executor, ranges, {
    ...hooks,
    onChunk: async (outcome) => {
      if (!fold.add(outcome)) return;
      const stored = fold.take();
      if (stored !== undefined) await hooks.onRange(stored);
    },
  });
}

/** Outcomes of one range, as `simulateRanges` gives them, in a message to another thread. */
export interface FoldRequest {
  readonly scenario: PlannedScenario;
  readonly outcomes: readonly SentOutcome[];
}

type Unsent<T> = T extends unknown ? Omit<T, 'release'> : never;
export type SentOutcome = Unsent<ChunkOutcome>;

/** @throws Error where the outcomes are not those of a whole range */
export function foldOutcomes({ scenario, outcomes }: FoldRequest): StoredRange {
  const fold = new ScenarioFold(scenario);
  for (const outcome of outcomes) fold.add(outcome.state === 'done' ? { ...outcome, release: () => {} } : outcome);
  const stored = fold.take();
  if (stored === undefined) throw new Error('a range of paths has no outcome of some strategy');
  return stored;
}
