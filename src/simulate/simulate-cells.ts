import { type Block, blocksOf } from '../plan/blocks.ts';
import type { Cell } from '../plan/plan.ts';
import { InterruptedError } from '../util/errors.ts';
import { BufferPool } from './buffer-pool.ts';
import { type CellChunk, cellChunks } from './cell-chunks.ts';
import type { BlockExecutor } from './executors/executor.ts';
import type { PathColumns } from './path-columns.ts';
import { PrepareAhead } from './prepare-ahead.ts';
import type { CellDiagnostics, PreparedCell } from './prepare-cell.ts';
import { allocatePathColumns, viewPathColumns } from './results-buffer.ts';
import { workOfPath } from './work-estimate.ts';

/** What became of a chunk of a cell's paths. */
export type ChunkOutcome = CellChunk &
  (
    | {
        readonly state: 'done';
        readonly columns: PathColumns;
        readonly diagnostics: CellDiagnostics;
        /** To be called when the columns are no longer read; their memory is used again. */
        readonly release: () => void;
      }
    | { readonly state: 'failed'; readonly error: Error }
  );

export interface SimulationHooks {
  /** A block's slots are final; for progress only, in no particular order. */
  readonly onBlock?: (cell: Cell, columns: PathColumns, block: Block) => void;
  /** A chunk has come to its end. Called once for each, in the order of `cellChunks`; the next ones go on meanwhile. */
  readonly onChunk: (outcome: ChunkOutcome) => void | Promise<void>;
  /** Aborted with an InterruptedError as its reason: nothing new is started, and that reason is thrown. */
  readonly signal?: AbortSignal;
}

/** What all chunks of a cell share, from the first to the last. */
interface CellUnderWay {
  prepared: PreparedCell | undefined;
  /** Why the cell has failed, if it has; what is left of it is not simulated. */
  error: Error | undefined;
  /** Chunks that are handed over and not finished, and whether the last one is among those handed over. */
  open: number;
  ended: boolean;
}

/** A chunk whose blocks are all handed over; `outcome` never rejects. */
interface StartedChunk {
  readonly paths: number;
  readonly outcome: Promise<ChunkOutcome>;
  /** True once the outcome is there. */
  settled: boolean;
}

/** Paths that may be simulated ahead of the oldest chunk that is not yet delivered, past that chunk itself. */
const LOOKAHEAD_PATHS = 200_000;

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
  const slots = new Slots(executor.capacity);
  const interrupted = new Interruption(hooks.signal);
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
  for (const chunk of cellChunks(cells)) {
    while (started.length > 0 && ahead >= LOOKAHEAD_PATHS) await deliverOldest();
    const cell = underWay.get(chunk.cell) ?? (await interrupted.orElse(prepare(chunk.cell, preparation)));
    underWay.set(chunk.cell, cell);
    started.push(await startChunk(chunk, cell, pool, executor, slots, interrupted, hooks));
    ahead += chunk.paths;
    // The caller's work on what is done overlaps with the workers' on what is not, to the end.
    while (started[0]?.settled === true) await deliverOldest();
  }
  while (started.length > 0) await deliverOldest();
}

async function prepare(cell: Cell, preparation: PrepareAhead): Promise<CellUnderWay> {
  try {
    return { prepared: await preparation.take(cell), error: undefined, open: 0, ended: false };
  } catch (error) {
    return { prepared: undefined, error: asError(error), open: 0, ended: false };
  }
}

/** Gives the table back as soon as no chunk reads it. */
function letGo(cell: CellUnderWay, pool: BufferPool): void {
  if (!cell.ended || cell.open > 0 || cell.prepared === undefined) return;
  if (cell.prepared.table !== undefined) pool.give(cell.prepared.table);
  cell.prepared = undefined;
}

/** Hands all blocks of a chunk to the executor as slots come free; its outcome comes when the last of them is done. */
async function startChunk(
  chunk: CellChunk,
  underWay: CellUnderWay,
  pool: BufferPool,
  executor: BlockExecutor,
  slots: Slots,
  interrupted: Interruption,
  hooks: SimulationHooks,
): Promise<StartedChunk> {
  const { cell, firstPath, paths } = chunk;
  const { prepared } = underWay;
  const failed = (error: Error): ChunkOutcome => {
    underWay.error ??= error;
    return { ...chunk, state: 'failed', error: underWay.error };
  };
  if (chunk.last) underWay.ended = true;
  const notBegun = (error: Error): StartedChunk => {
    letGo(underWay, pool);
    return { paths, outcome: Promise.resolve(failed(error)), settled: true };
  };
  if (prepared === undefined || underWay.error !== undefined) return notBegun(new Error('the cell was not prepared'));
  let buffer: SharedArrayBuffer;
  try {
    buffer = allocatePathColumns(paths, prepared.columns, pool, firstPath);
  } catch (error) {
    return notBegun(asError(error));
  }
  underWay.open++;
  const columns = viewPathColumns(buffer);
  const blocks: Promise<void>[] = [];
  // The failure of the earliest path, so that the message does not depend on which worker was first.
  let failure: { readonly firstPath: number; readonly error: Error } | undefined;
  for (const part of blocksOf(paths, workOfPath(cell.scenario))) {
    await interrupted.orElse(slots.take());
    if (failure !== undefined) {
      slots.give();
      break;
    }
    const block = { firstPath: firstPath + part.firstPath, paths: part.paths };
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
  const outcome = Promise.all(blocks).then((): ChunkOutcome => {
    underWay.open--;
    letGo(underWay, pool);
    const release = (): void => pool.give(buffer);
    if (failure === undefined) {
      return { ...chunk, state: 'done', columns, diagnostics: prepared.diagnostics, release };
    }
    release();
    return failed(failure.error);
  });
  const started: StartedChunk = { paths, outcome, settled: false };
  void outcome.then(() => {
    started.settled = true;
  });
  return started;
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
