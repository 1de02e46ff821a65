/** The road of one shard of a run, from its plan to the file that `merge` reads. */
import { stat } from 'node:fs/promises';
import { PrecisionRule } from './aggregate/precision-rule.ts';
import type { Block } from './plan/blocks.ts';
import { type Cell, cellsByScenario, type RunPlan } from './plan/plan.ts';
import { mostPaths } from './plan/precision.ts';
import { type Shard, shardName } from './plan/shard.ts';
import type { PathsFormat } from './report/export-paths.ts';
import { type ExperimentRecord, experimentRecordOf } from './report/journal/experiment-record.ts';
import { Journal } from './report/journal/journal.ts';
import { compactShard } from './report/shards/compact-shard.ts';
import { takeOverShard } from './report/shards/open-shard.ts';
import { keepsPaths, type ShardContent, shardFile } from './report/shards/shard-content.ts';
import { ShardWriter } from './report/shards/shard-writer.ts';
import { inFolder, requireMemory, type SimulateOptions } from './run-experiment.ts';
import { createExecutor } from './simulate/executors/create-executor.ts';
import { statisticsModeOf } from './simulate/memory-estimate.ts';
import { type ScenarioRange, shardRanges } from './simulate/shard-ranges.ts';
import { simulateCells } from './simulate/simulate-cells.ts';
import { ConfigError } from './util/errors.ts';
import { formatCount } from './util/format.ts';
import { shellWord } from './util/shell-word.ts';

export interface ShardOptions extends Omit<SimulateOptions, 'store' | 'onChunk'> {
  readonly outputDir: string;
  /** Keeps single paths, so that `merge` can write them. */
  readonly exportPaths?: PathsFormat | undefined;
  /** Starts over whatever the folder holds. */
  readonly fresh?: boolean | undefined;
  /** Lines for the user. */
  readonly onNote?: ((line: string) => void) | undefined;
}

/** What a shard came to. */
export interface ShardResult {
  readonly shard: Shard;
  readonly file: string;
  readonly bytes: number;
  readonly scenarios: number;
  /** Cells that it has paths of, and its paths, over all cells. */
  readonly cells: number;
  readonly paths: number;
  /** Of them, those that were simulated now. */
  readonly simulated: number;
  readonly failures: readonly { readonly scenario: number; readonly strategy: string; readonly message: string }[];
}

/** Paths of a shard over all its cells; those that it begins with where a precision adds some. */
export function pathsOfRanges(ranges: readonly ScenarioRange[]): number {
  return ranges.reduce((sum, { scenario, paths }) => sum + paths * scenario.strategies.length, 0);
}

/**
 * Simulates a shard into its folder, where it goes on with what the folder holds of this very shard.
 * @throws ConfigError where its paths cannot fit in memory, FileError where the folder cannot be written, is in use or holds
 *   something else, and the signal's reason where it is aborted; then what is simulated is kept
 */
export async function runShard(plan: RunPlan, shard: Shard, options: ShardOptions): Promise<ShardResult> {
  const ranges = shardRanges(plan, shard);
  requireMemory({
    scenarios: ranges.map(({ scenario, paths }) => ({ ...scenario, paths, statistics: statisticsModeOf(scenario) })),
  });
  const record = experimentRecordOf(plan, options.exportPaths);
  if (record === undefined) {
    throw new ConfigError(
      'shards: expected an experiment that a text makes, so that it can be made again when they are merged',
    );
  }
  return inFolder(options.outputDir, (folder) =>
    shardInFolder(folder, plan, { ...record, shard: { ...shard } }, ranges, options),
  );
}

async function shardInFolder(
  folder: string,
  plan: RunPlan,
  record: ExperimentRecord & { readonly shard: Shard },
  ranges: readonly ScenarioRange[],
  options: ShardOptions,
): Promise<ShardResult> {
  const { onNote } = options;
  const cells = cellsByScenario(plan);
  const earlier = await takeOverShard(folder, record, options.fresh === true);
  const missing = await missingOf(ranges, cells, record, earlier);
  const held = missing.map((range) => earlier?.held(cells.get(range.scenario.index) ?? [], range, record) ?? 0);
  const left = pathsOfRanges(missing) - held.reduce((sum, paths) => sum + paths, 0);
  const all = pathsOfRanges(ranges);
  if (earlier !== undefined) {
    for (const line of earlier.damage(plan)) onNote?.(`${earlier.file}: ${line} are simulated again`);
    onNote?.(`${formatCount(all - left)} of ${formatCount(all)} paths are taken over from ${earlier.file}`);
  }
  let failures: ShardWriter['failures'] = new Map();
  if (earlier !== undefined && missing.length === 0) await earlier.close();
  else failures = await simulateMissing(folder, record, cells, missing, earlier, options);
  await compactShard(folder, cells);
  const { size } = await stat(shardFile(folder));
  return {
    shard: record.shard,
    file: shardFile(folder),
    bytes: size,
    scenarios: ranges.length,
    cells: ranges.reduce((sum, { scenario }) => sum + scenario.strategies.length, 0),
    paths: all,
    simulated: left,
    failures: [...failures].map(([index, message]) => {
      const { scenario, strategy } = plan.cells[index]!;
      return { scenario: scenario.index, strategy: strategy.name, message };
    }),
  };
}

/** Simulates what is missing into the shard's file; gives the cells that failed, by index, with their messages. */
async function simulateMissing(
  folder: string,
  record: ExperimentRecord,
  cells: ReadonlyMap<number, readonly Cell[]>,
  missing: readonly ScenarioRange[],
  earlier: ShardContent | undefined,
  options: ShardOptions,
): Promise<ReadonlyMap<number, string>> {
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const journal = new Journal(folder, {
    file: shardFile(folder),
    experiment: record,
    earlier: earlier && { handle: earlier.handle, end: earlier.content.end, index: earlier.paths },
    delay: 0,
    // What it cannot keep, nobody can merge.
    mostOfDisk: Number.POSITIVE_INFINITY,
    onFailure: (error) => failed.abort(error),
    onFull: () => {},
  });
  const writer = new ShardWriter(journal, record, cells);
  const blocks = new Map<number, Block[]>();
  for (const { scenario, firstPath, paths } of missing) {
    blocks.set(scenario.index, [...(blocks.get(scenario.index) ?? []), { firstPath, paths }]);
  }
  try {
    const executor = await createExecutor(options.workers, options.timeLimit);
    try {
      await simulateCells(
        [...blocks.keys()].flatMap((scenario) => cells.get(scenario) ?? []),
        executor,
        {
          ...options,
          signal,
          store: writer,
          stopRule: (scenario) => new PrecisionRule(scenario),
          choose: (scenario) => ({ ranges: blocks.get(scenario.index) ?? [], pilots: !keepsPaths(scenario, record) }),
          onChunk: (outcome) => writer.add(outcome),
        },
      );
    } finally {
      await executor.close();
    }
  } catch (error) {
    await writer.flush();
    await journal.close();
    options.onNote?.(`what is simulated is kept; go on with: mm-batch resume ${shellWord(folder)}`);
    throw error;
  }
  await journal.close();
  // The last write may have failed.
  signal.throwIfAborted();
  return writer.failures;
}

/** What is left to simulate, in the order of the plan. */
async function missingOf(
  ranges: readonly ScenarioRange[],
  cells: ReadonlyMap<number, readonly Cell[]>,
  record: ExperimentRecord,
  earlier: ShardContent | undefined,
): Promise<readonly ScenarioRange[]> {
  if (earlier === undefined) return ranges;
  const found: ScenarioRange[] = [];
  for (const range of ranges) {
    const { scenario } = range;
    const blocks = await earlier.missing(cells.get(scenario.index) ?? [], range, record);
    found.push(...blocks.map((block) => ({ scenario, ...block })));
  }
  return found;
}

/** What a shard is to do, in a line. */
export function shardText(plan: RunPlan, shard: Shard): string {
  const ranges = shardRanges(plan, shard);
  const scenarios = `${formatCount(ranges.length)} of ${formatCount(plan.scenarios.length)} scenarios`;
  const isOpen = ranges.some(({ scenario }) => mostPaths(scenario) > scenario.paths);
  return `${shardName(shard)}: ${formatCount(pathsOfRanges(ranges))} paths${isOpen ? ' to begin with' : ''} of ${scenarios}`;
}
