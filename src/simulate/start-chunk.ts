import type { Cell } from '../plan/plan.ts';
import { mostPaths, stopPoints } from '../plan/precision.ts';
import { type FilledRange, fillRange } from './adaptive-range.ts';
import { asError, type BlockFailure, type BlockRunner } from './block-runner.ts';
import type { BufferPool } from './buffer-pool.ts';
import { type CellChunk, chunkSize } from './cell-chunks.ts';
import { statisticsModeOf } from './memory-estimate.ts';
import type { PathColumns } from './path-columns.ts';
import type { CellDiagnostics, PreparedCell } from './prepare-cell.ts';
import { allocatePathColumns, viewPathColumns } from './results-buffer.ts';
import type { StopRule } from './stop-rule.ts';

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

/** What all chunks of a cell share, from the first to the last. */
export interface CellUnderWay {
  prepared: PreparedCell | undefined;
  /** Why the cell has failed, if it has; what is left of it is not simulated. */
  error: Error | undefined;
  /** Chunks that are handed over and not finished, and whether the last one is among those handed over. */
  open: number;
  ended: boolean;
}

/** A chunk whose blocks are all handed over, or will be. */
export interface StartedChunk {
  readonly paths: number;
  /** Rejects where the run is interrupted, and never otherwise. */
  readonly outcome: Promise<ChunkOutcome>;
  /** True once the outcome is there. */
  settled: boolean;
}

/** Gives the table back as soon as no chunk reads it. */
function letGo(cell: CellUnderWay, pool: BufferPool): void {
  if (!cell.ended || cell.open > 0 || cell.prepared === undefined) return;
  if (cell.prepared.table !== undefined) pool.give(cell.prepared.table);
  cell.prepared = undefined;
}

/** Hands all blocks of a chunk to the executor; its outcome comes when the last of them is done. */
export async function startChunk(
  chunk: CellChunk,
  underWay: CellUnderWay,
  pool: BufferPool,
  runner: BlockRunner,
): Promise<StartedChunk> {
  const { cell, firstPath, paths } = chunk;
  const { prepared } = underWay;
  if (chunk.last) underWay.ended = true;
  const notBegun = (error: Error): StartedChunk => {
    letGo(underWay, pool);
    return { paths, outcome: Promise.resolve(failedChunk(chunk, underWay, error)), settled: true };
  };
  if (prepared === undefined || underWay.error !== undefined) return notBegun(new Error('the cell was not prepared'));
  let buffer: SharedArrayBuffer;
  try {
    buffer = allocatePathColumns(paths, prepared.columns, pool, firstPath);
  } catch (error) {
    return notBegun(asError(error));
  }
  underWay.open++;
  const { failure } = await runner.start(cell, prepared.request, buffer, { firstPath, paths });
  const outcome = failure.then((reason: BlockFailure | undefined): ChunkOutcome => {
    underWay.open--;
    letGo(underWay, pool);
    if (reason === undefined) return doneChunk(chunk, buffer, prepared, pool);
    pool.give(buffer);
    return failedChunk(chunk, underWay, reason.error);
  });
  return noticed(paths, outcome);
}

export interface StartedRange {
  readonly chunks: readonly StartedChunk[];
  readonly filled: Promise<FilledRange>;
  /** True where no other range of the scenario can follow. */
  readonly isOnly: boolean;
}

/** Begins with the next range of a scenario whose paths are added until a precision is reached. */
export function startRange(
  cells: readonly Cell[],
  states: readonly CellUnderWay[],
  firstPath: number,
  rule: StopRule,
  pool: BufferPool,
  runner: BlockRunner,
): StartedRange {
  const { scenario } = cells[0]!;
  const statistics = statisticsModeOf(scenario);
  const points = [...stopPoints(scenario)];
  const size = chunkSize(scenario, statistics);
  const end = Math.min(firstPath + size, points.at(-1) ?? mostPaths(scenario));
  const prepared = states.map((state) => (state.error === undefined ? state.prepared : undefined));
  for (const state of states) state.open++;
  const adaptive = cells.map((cell, i) => ({ cell, prepared: prepared[i] }));
  const filled = fillRange(adaptive, { firstPath, points, end }, rule, runner, pool);
  const chunks = cells.map((cell, i) => {
    const state = states[i]!;
    const outcome = filled.then(({ paths, isLast, cells: results }): ChunkOutcome => {
      const chunk = { cell, firstPath, paths, last: isLast, statistics };
      const [result, own] = [results[i], prepared[i]];
      state.open--;
      state.ended ||= isLast;
      letGo(state, pool);
      if (own !== undefined && result !== undefined && 'buffer' in result) {
        return doneChunk(chunk, result.buffer, own, pool);
      }
      const error = result !== undefined && 'failure' in result ? result.failure.error : undefined;
      return failedChunk(chunk, state, error ?? new Error('the cell was not prepared'));
    });
    return noticed(scenario.paths, outcome);
  });
  return { chunks, filled, isOnly: end === points.at(-1) && firstPath === 0 };
}

function doneChunk(
  chunk: CellChunk,
  buffer: SharedArrayBuffer,
  { diagnostics }: PreparedCell,
  pool: BufferPool,
): ChunkOutcome {
  return { ...chunk, state: 'done', columns: viewPathColumns(buffer), diagnostics, release: () => pool.give(buffer) };
}

/** The first failure of a cell tells. */
function failedChunk(chunk: CellChunk, underWay: CellUnderWay, error: Error): ChunkOutcome {
  underWay.error ??= error;
  return { ...chunk, state: 'failed', error: underWay.error };
}

function noticed(paths: number, outcome: Promise<ChunkOutcome>): StartedChunk {
  const started: StartedChunk = { paths, outcome, settled: false };
  // An interruption is told by whoever waits for the outcome; until then it must not count as unhandled.
  outcome.then(
    () => {
      started.settled = true;
    },
    () => {},
  );
  return started;
}
