import type { ResultCollector } from '../../aggregate/results.ts';
import type { Block } from '../../plan/blocks.ts';
import { type Cell, cellsByScenario, type PlannedScenario, type RunPlan } from '../../plan/plan.ts';
import { BufferPool } from '../../simulate/buffer-pool.ts';
import { type CellChunk, cellChunks } from '../../simulate/cell-chunks.ts';
import type { PathColumns } from '../../simulate/path-columns.ts';
import { type CellDiagnostics, columnsOf } from '../../simulate/prepare-cell.ts';
import { allocatePathColumns, viewPathColumns } from '../../simulate/results-buffer.ts';
import { shardRanges } from '../../simulate/shard-ranges.ts';
import type { ChunkOutcome } from '../../simulate/simulate-cells.ts';
import { FileError } from '../../util/errors.ts';
import type { FoundShard } from './collect-shards.ts';
import { keepsPaths, type ShardContent } from './shard-content.ts';
import type { CellOutcome } from './shard-records.ts';

export interface RecallHooks {
  /** Paths of a cell are in, in the order of `cellChunks`; where they were kept, and not only what they were folded to. */
  readonly onChunk: (outcome: ChunkOutcome) => Promise<void>;
  /** For progress; without columns where paths were folded. */
  readonly onBlock: (cell: Cell, columns: PathColumns | undefined, block: Block) => void;
  readonly signal: AbortSignal;
}

/**
 * Gives the collector what whole shards came to, scenario by scenario as the run in one piece would have; memory is that of one
 * scenario. Throws FileError where a shard cannot be read any more, and the signal's reason.
 */
export async function recallShards(
  plan: RunPlan,
  shards: readonly FoundShard[],
  collector: ResultCollector,
  hooks: RecallHooks,
): Promise<void> {
  const cells = cellsByScenario(plan);
  const holders = holdersOf(plan, shards);
  const pool = new BufferPool();
  for (const scenario of plan.scenarios) {
    hooks.signal.throwIfAborted();
    const own = cells.get(scenario.index) ?? [];
    const holding = holders.get(scenario.index) ?? [];
    if (!keepsPaths(scenario, shards[0]!.record)) {
      await recallRanges(own, holding, collector, hooks);
      continue;
    }
    for await (const outcome of recallPaths(scenario, own, holding, pool)) {
      const { cell, firstPath, paths } = outcome;
      hooks.onBlock(cell, outcome.state === 'done' ? outcome.columns : undefined, { firstPath, paths });
      await hooks.onChunk(outcome);
      collector.add(outcome);
      hooks.signal.throwIfAborted();
    }
  }
}

/** The shards that hold paths of a scenario, in path order. */
function holdersOf(plan: RunPlan, shards: readonly FoundShard[]): ReadonlyMap<number, ShardContent[]> {
  const holders = new Map<number, ShardContent[]>();
  for (const { record, content } of shards) {
    for (const { scenario } of shardRanges(plan, record.shard)) {
      holders.set(scenario.index, [...(holders.get(scenario.index) ?? []), content]);
    }
  }
  return holders;
}

async function recallRanges(
  cells: readonly Cell[],
  holders: readonly ShardContent[],
  collector: ResultCollector,
  { onBlock, signal }: RecallHooks,
): Promise<void> {
  const { scenario } = cells[0]!;
  const records = holders.flatMap((shard) => shard.rangesOf(scenario).map((record) => ({ shard, record })));
  let diagnostics: readonly (CellDiagnostics | undefined)[] = cells.map(() => undefined);
  for (const [i, { shard, record }] of records.entries()) {
    const { range, diagnostics: learnt } = await shard.range(record);
    diagnostics = diagnostics.map((known, cell) => known ?? learnt[cell]);
    collector.addRange(cells, range, i === records.length - 1 ? diagnostics : undefined);
    for (const cell of cells) onBlock(cell, undefined, record);
    signal.throwIfAborted();
  }
}

async function* recallPaths(
  scenario: PlannedScenario,
  cells: readonly Cell[],
  holders: readonly ShardContent[],
  pool: BufferPool,
): AsyncGenerator<ChunkOutcome> {
  const outcomes = new Map<Cell, CellOutcome[]>();
  for (const cell of cells) {
    const known = await Promise.all(holders.map((shard) => shard.outcome(cell)));
    outcomes.set(
      cell,
      known.flatMap((outcome) => outcome ?? []),
    );
  }
  // With a precision asked for, as many as the shard that has the scenario came to.
  const paths = Math.max(...[...outcomes.values()].flat().map(({ end }) => end));
  const choose = () => ({ ranges: [{ firstPath: 0, paths }], pilots: false });
  for (const chunk of cellChunks(cells, choose)) yield await recallChunk(chunk, outcomes.get(chunk.cell) ?? []);

  async function recallChunk(chunk: CellChunk, known: readonly CellOutcome[]): Promise<ChunkOutcome> {
    const { cell, firstPath } = chunk;
    // The shards are in path order, so that the earliest failure of the cell comes first.
    const failure = known.find((outcome) => outcome.failure !== undefined)?.failure;
    if (failure !== undefined && failure.firstPath < firstPath + chunk.paths) {
      return { ...chunk, state: 'failed', error: new Error(failure.message) };
    }
    const buffer = allocatePathColumns(chunk.paths, columnsOf({ scenario }), pool, firstPath);
    let missing: readonly Block[] = [chunk];
    for (const shard of holders) {
      const left: Block[] = [];
      for (const range of missing) left.push(...(await shard.paths.fill(cell.index, buffer, range)));
      missing = left;
    }
    const [gap] = missing;
    const diagnostics = known.find((outcome) => outcome.diagnostics !== undefined)?.diagnostics;
    if (gap !== undefined || diagnostics === undefined) {
      const which = `paths from ${gap?.firstPath ?? firstPath} on of ${cell.strategy.name}, scenario ${scenario.index}`;
      throw new FileError(
        `${holders.map(({ file }) => file).join(', ')}: ${which}, cannot be read any more; check the disk`,
      );
    }
    const release = (): void => pool.give(buffer);
    return { ...chunk, state: 'done', columns: viewPathColumns(buffer), diagnostics, release };
  }
}
