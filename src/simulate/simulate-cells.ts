import { blockSize } from '../plan/blocks.ts';
import type { Cell, PlannedScenario } from '../plan/plan.ts';
import { asError, type BlockHooks, BlockRunner } from './block-runner.ts';
import { BufferPool } from './buffer-pool.ts';
import { type ChosenPaths, cellChunks } from './cell-chunks.ts';
import type { BlockExecutor } from './executors/executor.ts';
import { Interruption } from './interruption.ts';
import { PrepareAhead } from './prepare-ahead.ts';
import { columnsOf } from './prepare-cell.ts';
import { pathColumnsBytes } from './results-buffer.ts';
import { type CellUnderWay, type ChunkOutcome, type StartedChunk, startChunk, startRange } from './start-chunk.ts';
import type { StopRule } from './stop-rule.ts';
import { blockWorkIn, workOfPath } from './work-estimate.ts';

export type { ChunkOutcome } from './start-chunk.ts';

export interface SimulationHooks extends BlockHooks {
  /** A chunk has come to its end. Called once for each, in the order of `cellChunks`; the next ones go on meanwhile. */
  readonly onChunk: (outcome: ChunkOutcome) => void | Promise<void>;
  /** When a scenario with `precision` has enough paths; without it, it has those that it begins with. */
  readonly stopRule?: ((scenario: PlannedScenario) => StopRule) | undefined;
  /** Which paths of a scenario are simulated; all without it, and all where it has a `precision`. */
  readonly choose?: ((scenario: PlannedScenario) => ChosenPaths) | undefined;
  /** Aborted with an error as its reason: nothing new is started, and that reason is thrown. */
  readonly signal?: AbortSignal;
}

/** Paths that may be simulated ahead of the oldest chunk that is not yet delivered, past that chunk itself. */
const LOOKAHEAD_PATHS = 200_000;
/** The same in bytes, where so many workers are there that they would run out of blocks. */
const LOOKAHEAD_BYTES = 2 ** 29;

/**
 * Simulates every cell on the executor and delivers the outcomes chunk by chunk. A cell that fails is delivered as failed,
 * with that chunk and all that follow; the others go on.
 */
export async function simulateCells(
  cells: readonly Cell[],
  executor: BlockExecutor,
  hooks: SimulationHooks,
): Promise<void> {
  const pool = new BufferPool();
  const underWay = new Map<Cell, CellUnderWay>();
  const started: StartedChunk[] = [];
  const interrupted = new Interruption(hooks.signal);
  const runner = new BlockRunner(executor, interrupted, hooks);
  const preparation = new PrepareAhead(cells, executor, pool);
  let ahead = 0;
  const deliverOldest = async (): Promise<void> => {
    const oldest = started.shift();
    if (oldest === undefined) return;
    ahead -= oldest.paths;
    const outcome = await interrupted.orElse(oldest.outcome);
    if (outcome.last) underWay.delete(outcome.cell);
    await interrupted.orElse(Promise.resolve(hooks.onChunk(outcome)));
  };
  const makeRoom = async (scenario: PlannedScenario): Promise<void> => {
    const most = lookaheadOf(scenario, executor);
    while (started.length > 0 && ahead >= most) await deliverOldest();
  };
  const ready = async (cell: Cell): Promise<CellUnderWay> => {
    const known = underWay.get(cell) ?? (await interrupted.orElse(prepare(cell, preparation)));
    underWay.set(cell, known);
    return known;
  };
  const add = async (chunk: StartedChunk): Promise<void> => {
    started.push(chunk);
    ahead += chunk.paths;
    // The caller's work on what is done overlaps with the workers' on what is not, to the end.
    while (started[0]?.settled === true) await deliverOldest();
  };
  for (const group of byScenario(cells)) {
    const { scenario } = group[0]!;
    const rule = scenario.precision === undefined ? undefined : hooks.stopRule?.(scenario);
    if (rule === undefined) {
      for (const chunk of cellChunks(group, hooks.choose)) {
        await makeRoom(scenario);
        await add(await startChunk(chunk, await ready(chunk.cell), pool, runner));
      }
      continue;
    }
    for (let firstPath = 0, isLast = false; !isLast; ) {
      await makeRoom(scenario);
      const states: CellUnderWay[] = [];
      for (const cell of group) states.push(await ready(cell));
      const range = startRange(group, states, firstPath, rule, pool, runner);
      for (const chunk of range.chunks) await add(chunk);
      // Where all paths are in memory together there is one range, and the next scenario need not wait for its end.
      if (range.isOnly) break;
      const { paths, isLast: ended } = await interrupted.orElse(range.filled);
      firstPath += paths;
      isLast = ended;
    }
  }
  while (started.length > 0) await deliverOldest();
}

function lookaheadOf(scenario: PlannedScenario, executor: BlockExecutor): number {
  const size = blockSize(workOfPath(scenario), executor.blockWork ?? blockWorkIn(scenario));
  const wanted = 2 * executor.capacity * size;
  const most = LOOKAHEAD_BYTES / pathColumnsBytes(1, columnsOf({ scenario }));
  return Math.max(LOOKAHEAD_PATHS, Math.min(wanted, most));
}

function* byScenario(cells: readonly Cell[]): Generator<readonly Cell[]> {
  for (let first = 0; first < cells.length; ) {
    let end = first;
    while (cells[end]?.scenario === cells[first]?.scenario && end < cells.length) end++;
    yield cells.slice(first, end);
    first = end;
  }
}

async function prepare(cell: Cell, preparation: PrepareAhead): Promise<CellUnderWay> {
  try {
    return { prepared: await preparation.take(cell), error: undefined, open: 0, ended: false };
  } catch (error) {
    return { prepared: undefined, error: asError(error), open: 0, ended: false };
  }
}
