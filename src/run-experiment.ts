/** The road of a run from its plan to its report. */
import os from 'node:os';
import { PrecisionRule } from './aggregate/precision-rule.ts';
import { ResultCollector, type RunResult } from './aggregate/results.ts';
import type { Block } from './plan/blocks.ts';
import { type Cell, cellsByScenario, type RunPlan } from './plan/plan.ts';
import type { PathsFormat } from './report/export-paths.ts';
import { lockFolder } from './report/folder-lock.ts';
import { type ExperimentRecord, experimentRecordOf } from './report/journal/experiment-record.ts';
import type { Journal } from './report/journal/journal.ts';
import { openRunFolder } from './report/run-folder.ts';
import { requireNoUnfinished } from './resume-run.ts';
import { type JournalChoice, RunJournal } from './run-journal.ts';
import { collectRanges, goesByRanges, spreadsByRanges } from './run-ranges.ts';
import { createExecutor } from './simulate/executors/create-executor.ts';
import type { BlockExecutor } from './simulate/executors/executor.ts';
import { mostPathsBytes, scenarioBytes, statisticsModeOf } from './simulate/memory-estimate.ts';
import type { PathColumns } from './simulate/path-columns.ts';
import { type ChunkOutcome, simulateCells } from './simulate/simulate-cells.ts';
import { ConfigError } from './util/errors.ts';
import { type WriteOptions, writeResults } from './write-results.ts';

export interface SimulateOptions {
  /** Worker threads; 0 computes on the calling thread. */
  readonly workers: number;
  /** Seconds that a block of paths may take on a worker thread before it is replaced. */
  readonly timeLimit?: number | undefined;
  /** A queue that has blocks computed in place of this process; it is closed with the run. */
  readonly executor?: ((experiment: ExperimentRecord | undefined) => Promise<BlockExecutor>) | undefined;
  /** A block's paths are final; for progress only. Without columns where only figures of the paths are at hand. */
  readonly onBlock?: (cell: Cell, columns: PathColumns | undefined, block: Block) => void;
  /**
   * Paths of a cell are in, all or a chunk of them; called in the order of `cellChunks`, before they are let go. Not called where
   * a queue or an earlier run has folded them already.
   */
  readonly onChunk?: (outcome: ChunkOutcome) => void | Promise<void>;
  /** Stops the run; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** Where finished blocks are kept beyond the run. */
  readonly store?: Journal | undefined;
  /** Single paths are written. */
  readonly exportPaths?: PathsFormat | undefined;
  /** Lines for the user. */
  readonly onNote?: ((line: string) => void) | undefined;
}

/** Solves, simulates and aggregates a plan in memory; nothing is written. */
export async function simulatePlan(plan: RunPlan, options: SimulateOptions): Promise<RunResult> {
  const collector = new ResultCollector(plan);
  const executor =
    options.executor === undefined
      ? await createExecutor(options.workers, options.timeLimit)
      : await options.executor(experimentRecordOf(plan, options.exportPaths));
  try {
    for (const { groups, byRanges } of stretches(plan, options, executor)) {
      if (byRanges) {
        await collectRanges(groups, executor, collector, { ...options, journal: options.store });
        continue;
      }
      await simulateCells(groups.flat(), executor, {
        ...options,
        stopRule: (scenario) => new PrecisionRule(scenario),
        onChunk: async (outcome) => {
          // First the caller: once a range of paths is complete the collector gives its memory back.
          await options.onChunk?.(outcome);
          collector.add(outcome);
        },
      });
    }
  } finally {
    await executor.close();
  }
  return collector.result();
}

interface Stretch {
  /** The cells of each scenario. */
  readonly groups: (readonly Cell[])[];
  readonly byRanges: boolean;
}

/** The plan, cut where one scenario comes in folded ranges and the next one in paths. */
function stretches(plan: RunPlan, { exportPaths, store }: SimulateOptions, executor: BlockExecutor): Stretch[] {
  const found: Stretch[] = [];
  const spreads = spreadsByRanges(plan, { exportPaths }, executor);
  for (const cells of cellsByScenario(plan).values()) {
    const byRanges = goesByRanges(cells, { exportPaths }, spreads, store);
    const last = found.at(-1);
    if (last?.byRanges === byRanges) last.groups.push(cells);
    else found.push({ groups: [cells], byRanges });
  }
  return found;
}

export interface RunOptions
  extends Omit<SimulateOptions, 'store'>,
    JournalChoice,
    Pick<WriteOptions, 'exportPaths' | 'attach' | 'command'> {
  readonly outputDir: string;
}

/** Throws ConfigError where the paths of a scenario do not fit in this machine's memory. */
export function requireMemory(plan: Pick<RunPlan, 'scenarios'>): void {
  const gib = (bytes: number): string => (bytes / 2 ** 30).toFixed(1);
  for (const scenario of plan.scenarios) {
    const mode = statisticsModeOf(scenario);
    const needed = scenarioBytes(scenario, mode);
    if (needed <= mostPathsBytes()) continue;
    const cure = mode === 'exact' ? 'use statistics: sketch, lower paths' : 'use a larger machine';
    throw new ConfigError(
      `paths: expected a number whose results fit in memory, got ${gib(needed)} GiB for one scenario on a machine of ` +
        `${gib(os.totalmem())} GiB (${cure}, or compare fewer strategies at a time)`,
    );
  }
}

/**
 * Checks what `runExperiment` checks before any work, and leaves nothing behind. Throws ConfigError and FileError as it does.
 * @param fresh true where an unfinished run in the folder may be lost
 */
export async function checkRun(plan: RunPlan, outputDir: string, fresh: boolean): Promise<void> {
  requireMemory(plan);
  const folder = await openRunFolder(outputDir);
  try {
    const lock = await lockFolder(folder.path);
    await lock.release();
    if (!fresh) await requireNoUnfinished(folder.path, plan);
  } finally {
    await folder.discard();
  }
}

/**
 * Runs a plan and writes its folder. Throws ConfigError where its paths cannot fit in memory and FileError where the folder
 * cannot be written, is in use, or holds an unfinished run, all before any work, and the signal's reason where it is
 * aborted; then nothing is left behind that was not there before, but for a journal to go on with.
 */
export async function runExperiment(plan: RunPlan, options: RunOptions): Promise<RunResult> {
  requireMemory(plan);
  return inFolder(options.outputDir, (folder) => runInFolder(folder, plan, options));
}

/** Does some work in a folder that is made and locked for it; where it throws, the folder goes if nothing was written to it. */
export async function inFolder<T>(outputDir: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await openRunFolder(outputDir);
  try {
    const lock = await lockFolder(folder.path);
    try {
      return await work(folder.path);
    } finally {
      await lock.release();
    }
  } catch (error) {
    await folder.discard();
    throw error;
  }
}

async function runInFolder(folder: string, plan: RunPlan, options: RunOptions): Promise<RunResult> {
  const { exportPaths } = options;
  const workers = options.executor === undefined ? options.workers : 'queue';
  const journal = await RunJournal.open(folder, plan, options, exportPaths);
  const { experiment, store } = journal;
  const signal = AbortSignal.any([journal.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  try {
    const result = await writeResults(folder, plan, { ...options, workers, experiment, signal }, (onChunk) =>
      simulatePlan(plan, {
        ...options,
        signal,
        store,
        onChunk: async (outcome) => {
          await onChunk(outcome);
          await options.onChunk?.(outcome);
        },
      }),
    );
    await journal.finish();
    return result;
  } catch (error) {
    await journal.suspend();
    throw error;
  }
}
