/** From numbers to files: what all roads that end in a run's folder have in common. */
import path from 'node:path';
import type { RunResult } from './aggregate/results.ts';
import { assetNames } from './plan/asset-cells.ts';
import type { RunPlan } from './plan/plan.ts';
import { type PathsFormat, startPathsExport } from './report/export-paths.ts';
import type { ExperimentRecord } from './report/journal/experiment-record.ts';
import { removeStale } from './report/run-folder.ts';
import { writeRun } from './report/write-run.ts';
import type { ChunkOutcome } from './simulate/simulate-cells.ts';

export interface WriteOptions {
  /** Worker threads; 0 = the calling thread. */
  readonly workers: number | 'queue';
  readonly exportPaths?: PathsFormat | undefined;
  /** Writes further data into the folder once the numbers are in; gives the files, which the manifest names. */
  readonly attach?: ((folder: string, result: RunResult) => Promise<readonly string[]>) | undefined;
  /** What the run can be made again from; undefined where a text alone does not make it. */
  readonly experiment: ExperimentRecord | undefined;
  /** Arguments that make the run again where no experiment file does; undefined for other runs. */
  readonly command?: readonly string[] | undefined;
  readonly signal: AbortSignal;
  /** Shards that the run was merged from; undefined where it was simulated in one piece. */
  readonly shards?: number | undefined;
}

/**
 * Has the numbers of a run produced, and writes its folder, which is locked.
 * @param produce calls the function that it is given with every chunk of paths, in the order of the report
 * @throws FileError where the folder cannot be written, the signal's reason where it is aborted, and as `produce` does
 */
export async function writeResults(
  folder: string,
  plan: RunPlan,
  options: WriteOptions,
  produce: (onChunk: (outcome: ChunkOutcome) => Promise<void>) => Promise<RunResult>,
): Promise<RunResult> {
  const begun = new Date();
  const clock = performance.now();
  const { workers, exportPaths, experiment, command, signal, shards } = options;
  // Until the new one is written, no manifest may vouch for the folder's files.
  await removeStale(path.join(folder, 'manifest.json'));
  const paths =
    exportPaths === undefined
      ? undefined
      : startPathsExport(folder, exportPaths, signal, assetNames(plan), plan.scenarios[0]?.risk);
  try {
    const result = await produce(async (outcome) => paths?.add(outcome));
    const simulate = (performance.now() - clock) / 1000;
    signal.throwIfAborted();
    await paths?.finish();
    const attached = (await options.attach?.(folder, result)) ?? [];
    const total = (performance.now() - clock) / 1000;
    const timings = { started: begun.toISOString(), simulate, total };
    const facts = { workers, shards, timings, pathsFile: paths?.file, attached, experiment, command };
    await writeRun(folder, result, facts);
    return result;
  } catch (error) {
    await paths?.abandon();
    throw error;
  }
}
