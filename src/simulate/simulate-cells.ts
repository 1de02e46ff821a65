import { type Block, blocksOf } from '../plan/blocks.ts';
import type { Cell } from '../plan/plan.ts';
import { InterruptedError } from '../util/errors.ts';
import { BufferPool } from './buffer-pool.ts';
import type { BlockExecutor } from './executors/executor.ts';
import { GridCache } from './grid-cache.ts';
import type { PathColumns } from './path-columns.ts';
import { type CellDiagnostics, type PreparedCell, prepareCell } from './prepare-cell.ts';
import { allocatePathColumns, viewPathColumns } from './results-buffer.ts';
import { workOfPath } from './work-estimate.ts';

/** What became of a cell. */
export type CellOutcome =
  | {
      readonly state: 'done';
      readonly cell: Cell;
      readonly columns: PathColumns;
      readonly diagnostics: CellDiagnostics;
      /** To be called when the columns are no longer read; their memory is used again. */
      readonly release: () => void;
    }
  | { readonly state: 'failed'; readonly cell: Cell; readonly error: Error };

export interface SimulationHooks {
  /** A block's slots are final; for progress only, in no particular order. */
  readonly onBlock?: (cell: Cell, columns: PathColumns, block: Block) => void;
  /** A cell has come to its end. Called once for each cell, in cell order; the next cells go on meanwhile. */
  readonly onCell: (outcome: CellOutcome) => void | Promise<void>;
  /** Aborted with an InterruptedError as its reason: nothing new is started, and that reason is thrown. */
  readonly signal?: AbortSignal;
}

/** A cell whose blocks are all handed over; `outcome` never rejects. */
interface StartedCell {
  readonly paths: number;
  readonly outcome: Promise<CellOutcome>;
}

/** Paths that may be simulated ahead of the oldest cell that is not yet delivered, past that cell itself. */
const LOOKAHEAD_PATHS = 200_000;

/**
 * Simulates every cell on the executor and delivers the outcomes in cell order. A cell that fails is delivered as
 * failed; the others go on.
 */
export async function simulateCells(
  cells: readonly Cell[],
  executor: BlockExecutor,
  hooks: SimulationHooks,
): Promise<void> {
  const resources = { grids: new GridCache(), pool: new BufferPool() };
  const started: StartedCell[] = [];
  const slots = new Slots(executor.capacity);
  const interrupted = new Interruption(hooks.signal);
  let ahead = 0;
  const deliverOldest = async (): Promise<void> => {
    const oldest = started.shift();
    if (oldest === undefined) return;
    ahead -= oldest.paths;
    const outcome = await interrupted.orElse(oldest.outcome);
    await interrupted.orElse(Promise.resolve(hooks.onCell(outcome)));
  };
  for (const cell of cells) {
    while (started.length > 0 && ahead >= LOOKAHEAD_PATHS) await deliverOldest();
    started.push(await startCell(cell, resources, executor, slots, interrupted, hooks));
    ahead += cell.scenario.paths;
  }
  while (started.length > 0) await deliverOldest();
}

/** Hands all blocks of a cell to the executor as slots come free; its outcome comes when the last of them is done. */
async function startCell(
  cell: Cell,
  { grids, pool }: { readonly grids: GridCache; readonly pool: BufferPool },
  executor: BlockExecutor,
  slots: Slots,
  interrupted: Interruption,
  hooks: SimulationHooks,
): Promise<StartedCell> {
  const { paths } = cell.scenario;
  let prepared: PreparedCell;
  let buffer: SharedArrayBuffer;
  try {
    prepared = prepareCell(cell, grids, pool);
    buffer = allocatePathColumns(paths, prepared.columns, pool);
  } catch (error) {
    return { paths, outcome: Promise.resolve({ state: 'failed', cell, error: asError(error) }) };
  }
  const columns = viewPathColumns(buffer);
  const blocks: Promise<void>[] = [];
  // The failure of the earliest path, so that the message does not depend on which worker was first.
  let failure: { readonly firstPath: number; readonly error: Error } | undefined;
  for (const block of blocksOf(paths, workOfPath(cell.scenario.simulator))) {
    await interrupted.orElse(slots.take());
    if (failure !== undefined) {
      slots.give();
      break;
    }
    const written = executor
      .run({ cell: prepared.request, ...block, columns: buffer })
      .then(() => hooks.onBlock?.(cell, columns, block))
      .catch((error: unknown) => {
        if (failure === undefined || block.firstPath < failure.firstPath) {
          failure = { firstPath: block.firstPath, error: asError(error) };
        }
      })
      .finally(() => slots.give());
    blocks.push(written);
  }
  const outcome = Promise.all(blocks).then((): CellOutcome => {
    pool.give(prepared.table);
    const release = (): void => pool.give(buffer);
    if (failure === undefined) return { state: 'done', cell, columns, diagnostics: prepared.diagnostics, release };
    release();
    return { state: 'failed', cell, error: failure.error };
  });
  return { paths, outcome };
}

/** Waits for something, but not longer than the run may go on: a worker that hangs must not hold up a Ctrl-C. */
class Interruption {
  readonly #aborted: Promise<never>;

  constructor(signal: AbortSignal | undefined) {
    this.#aborted = new Promise((_, reject) => {
      const abort = (): void => {
        const { reason } = signal ?? {};
        reject(reason instanceof Error ? reason : new InterruptedError('interrupted', 'SIGINT'));
      };
      if (signal?.aborted === true) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
    // Seen by whoever waits; an abort while nobody does must not count as unhandled.
    this.#aborted.catch(() => {});
  }

  orElse<T>(awaited: Promise<T>): Promise<T> {
    return Promise.race([awaited, this.#aborted]);
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** A counting semaphore: at most `free` blocks in flight. */
class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(free: number) {
    this.#free = free;
  }

  async take(): Promise<void> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next();
  }
}
