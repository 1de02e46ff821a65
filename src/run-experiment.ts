/** The road of a run from its plan to its report. */
import os from 'node:os';
import path from 'node:path';
import { PrecisionRule } from './aggregate/precision-rule.ts';
import { ResultCollector, type RunResult } from './aggregate/results.ts';
import { assetNames } from './plan/asset-cells.ts';
import type { Block } from './plan/blocks.ts';
import type { Cell, RunPlan } from './plan/plan.ts';
import { type PathsFormat, startPathsExport } from './report/export-paths.ts';
import { lockFolder } from './report/folder-lock.ts';
import { type ExperimentRecord, experimentRecordOf } from './report/journal/experiment-record.ts';
import { openRunFolder, removeStale } from './report/run-folder.ts';
import { writeRun } from './report/write-run.ts';
import { type JournalChoice, RunJournal } from './run-journal.ts';
import type { BlockStore } from './simulate/block-store.ts';
import { createExecutor } from './simulate/executors/create-executor.ts';
import type { BlockExecutor } from './simulate/executors/executor.ts';
import { mostPathsBytes, scenarioBytes, statisticsModeOf } from './simulate/memory-estimate.ts';
import type { PathColumns } from './simulate/path-columns.ts';
import { type ChunkOutcome, simulateCells } from './simulate/simulate-cells.ts';
import { ConfigError } from './util/errors.ts';

export interface SimulateOptions {
  /** Worker threads; 0 computes on the calling thread. */
  readonly workers: number;
  /** Seconds that a block of paths may take on a worker thread before it is replaced. */
  readonly timeLimit?: number | undefined;
  /** A queue that has blocks computed in place of this process; it is closed with the run. */
  readonly executor?: ((experiment: ExperimentRecord | undefined) => Promise<BlockExecutor>) | undefined;
  /** A block's paths are final; for progress only. */
  readonly onBlock?: (cell: Cell, columns: PathColumns, block: Block) => void;
  /** Paths of a cell are in, all or a chunk of them; called in the order of `cellChunks`, before they are let go. */
  readonly onChunk?: (outcome: ChunkOutcome) => void | Promise<void>;
  /** Stops the run; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** Where finished blocks are kept beyond the run. */
  readonly store?: BlockStore | undefined;
}

/** Solves, simulates and aggregates a plan in memory; nothing is written. */
export async function simulatePlan(plan: RunPlan, options: SimulateOptions): Promise<RunResult> {
  const collector = new ResultCollector(plan);
  const executor =
    options.executor === undefined
      ? await createExecutor(options.workers, options.timeLimit)
      : await options.executor(experimentRecordOf(plan, undefined));
  try {
    await simulateCells(plan.cells, executor, {
      ...options,
      stopRule: (scenario) => new PrecisionRule(scenario),
      onChunk: async (outcome) => {
        // First the caller: once a range of paths is complete the collector gives its memory back.
        await options.onChunk?.(outcome);
        collector.add(outcome);
      },
    });
  } finally {
    await executor.close();
  }
  return collector.result();
}

export interface RunOptions extends Omit<SimulateOptions, 'store'>, JournalChoice {
  readonly outputDir: string;
  readonly exportPaths?: PathsFormat | undefined;
  /** Writes further data into the folder once the numbers are in; gives the files, which the manifest names. */
  readonly attach?: ((folder: string, result: RunResult) => Promise<readonly string[]>) | undefined;
}

function requireMemory(plan: RunPlan): void {
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

/** Checks what `runExperiment` checks before any work, and leaves nothing behind. Throws ConfigError and FileError as it does. */
export async function checkRun(plan: RunPlan, outputDir: string): Promise<void> {
  requireMemory(plan);
  const folder = await openRunFolder(outputDir);
  await folder.discard();
}

/**
 * Runs a plan and writes its folder. Throws ConfigError where its paths cannot fit in memory and FileError where the folder
 * cannot be written, is in use, or holds an unfinished run, all before any work, and the signal's reason where it is
 * aborted; then nothing is left behind that was not there before, but for a journal to go on with.
 */
export async function runExperiment(plan: RunPlan, options: RunOptions): Promise<RunResult> {
  requireMemory(plan);
  const folder = await openRunFolder(options.outputDir);
  try {
    const lock = await lockFolder(folder.path);
    try {
      return await runInFolder(folder.path, plan, options);
    } finally {
      await lock.release();
    }
  } catch (error) {
    await folder.discard();
    throw error;
  }
}

async function runInFolder(folder: string, plan: RunPlan, options: RunOptions): Promise<RunResult> {
  const begun = new Date();
  const clock = performance.now();
  const { exportPaths } = options;
  const workers = options.executor === undefined ? options.workers : 'queue';
  const journal = await RunJournal.open(folder, plan, options, exportPaths);
  const { experiment, store } = journal;
  const signal = AbortSignal.any([journal.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  // Until the new one is written, no manifest may vouch for the folder's files.
  await removeStale(path.join(folder, 'manifest.json'));
  const paths =
    exportPaths === undefined
      ? undefined
      : startPathsExport(folder, exportPaths, signal, assetNames(plan), plan.scenarios[0]?.risk);
  try {
    const result = await simulatePlan(plan, {
      ...options,
      signal,
      store,
      onChunk: async (outcome) => {
        await paths?.add(outcome);
        await options.onChunk?.(outcome);
      },
    });
    const simulate = (performance.now() - clock) / 1000;
    signal.throwIfAborted();
    await paths?.finish();
    const attached = (await options.attach?.(folder, result)) ?? [];
    const total = (performance.now() - clock) / 1000;
    const timings = { started: begun.toISOString(), simulate, total };
    await writeRun(folder, result, { workers, timings, pathsFile: paths?.file, attached, experiment });
    await journal.finish();
    return result;
  } catch (error) {
    await paths?.abandon();
    await journal.suspend();
    throw error;
  }
}
