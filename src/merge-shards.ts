/** The road of shards that become one run: what they came to is taken for simulated, and the rest is that of any run. */
import { ResultCollector, type RunResult } from './aggregate/results.ts';
import type { RunPlan } from './plan/plan.ts';
import { experimentRecordOf } from './report/journal/experiment-record.ts';
import { journalFile } from './report/journal/journal.ts';
import { removeStale } from './report/run-folder.ts';
import { closeShards, collectShards, type FoundShard, requireWhole } from './report/shards/collect-shards.ts';
import { recallShards } from './report/shards/recall-shards.ts';
import { keepsPaths } from './report/shards/shard-content.ts';
import { planAsBegun, requireNoUnfinished } from './resume-run.ts';
import { inFolder, type RunOptions, requireMemory } from './run-experiment.ts';
import { ConfigError } from './util/errors.ts';
import { writeResults } from './write-results.ts';

/** All shards of one run, open. */
export interface OpenShards {
  readonly plan: RunPlan;
  readonly shards: readonly FoundShard[];
  readonly exportPaths: RunOptions['exportPaths'];
  close(): Promise<void>;
}

/**
 * Opens the shards in these folders and checks that they make up one run.
 * @throws FileError that lists what is wrong with them, ConfigError where the run cannot be planned again
 */
export async function openShards(folders: readonly string[]): Promise<OpenShards> {
  const shards = await collectShards(folders);
  try {
    const [first] = shards;
    if (first === undefined) throw new ConfigError('merge: expected the folders of all shards, got none');
    const plan = planAsBegun(first.folder, first.record);
    await requireWhole(plan, shards);
    return { plan, shards, exportPaths: first.record.exportPaths, close: () => closeShards(shards) };
  } catch (error) {
    await closeShards(shards);
    throw error;
  }
}

/**
 * Writes the folder of the run that the shards are of; its CSVs have the bytes of a run in one piece.
 * @throws ConfigError where single paths are asked for that were not kept, or the paths of a scenario do not fit in memory;
 *   FileError where the folder cannot be written, is in use, or holds an unfinished run, or a shard cannot be read any more
 */
export async function mergeShards({ plan, shards }: OpenShards, options: RunOptions): Promise<RunResult> {
  const { exportPaths, outputDir, fresh = false } = options;
  const folded = plan.scenarios.filter((scenario) => !keepsPaths(scenario, shards[0]!.record));
  if (exportPaths !== undefined && folded.length > 0) {
    throw new ConfigError(
      `--export-paths: expected shards that kept single paths, got folded ones in ${folded.length} of ${plan.scenarios.length} ` +
        'scenarios (statistics: sketch); run the shards with --export-paths',
    );
  }
  requireMemory(plan);
  return inFolder(outputDir, async (folder) => {
    if (!fresh) await requireNoUnfinished(folder, plan);
    await removeStale(journalFile(folder));
    const experiment = experimentRecordOf(plan, exportPaths);
    const signal = options.signal ?? new AbortController().signal;
    return writeResults(folder, plan, { ...options, experiment, signal, shards: shards.length }, async (onChunk) => {
      const collector = new ResultCollector(plan);
      await recallShards(plan, shards, collector, {
        signal,
        onBlock: (cell, columns, block) => options.onBlock?.(cell, columns, block),
        onChunk: async (outcome) => {
          await onChunk(outcome);
          await options.onChunk?.(outcome);
        },
      });
      return collector.result();
    });
  });
}
