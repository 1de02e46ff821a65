import type { Block } from '../plan/blocks.ts';
import type { Cell } from '../plan/plan.ts';
import { asError, type BlockFailure, type BlockRunner } from './block-runner.ts';
import type { BufferPool } from './buffer-pool.ts';
import type { PathColumns } from './path-columns.ts';
import type { PreparedCell } from './prepare-cell.ts';
import { allocatePathColumns, viewPathColumns } from './results-buffer.ts';
import { bytesOfSlot, copySlots, fillSlots } from './slot-bytes.ts';
import type { StopRule } from './stop-rule.ts';

/** A cell in a range of paths whose end is not known before it is simulated. */
export interface AdaptiveCell {
  readonly cell: Cell;
  /** Undefined where the cell has failed already. */
  readonly prepared: PreparedCell | undefined;
}

export interface AdaptiveRange {
  readonly firstPath: number;
  /** Numbers of paths at which the rule is looked at, ascending; the last of all is the cap, where it need not hold. */
  readonly points: readonly number[];
  /** Where the range ends at the latest: a point, or the end of a chunk. */
  readonly end: number;
}

export interface FilledRange {
  readonly paths: number;
  /** True where the scenario ends with the range. */
  readonly isLast: boolean;
  /** By cell: its columns, or why it has failed; undefined where it had failed already. */
  readonly cells: readonly ({ readonly buffer: SharedArrayBuffer } | { readonly failure: BlockFailure } | undefined)[];
}

/**
 * Adds paths to all cells of a scenario, from the range's first on, until the rule holds or the range ends. Looks are at the
 * given points alone, so that where it stops does not depend on who computes. Rejects where the run is interrupted.
 */
export async function fillRange(
  cells: readonly AdaptiveCell[],
  { firstPath, points, end }: AdaptiveRange,
  rule: StopRule,
  runner: BlockRunner,
  pool: BufferPool,
): Promise<FilledRange> {
  const filled: (FilledRange['cells'][number] | undefined)[] = cells.map(() => undefined);
  const targets = [...new Set([...points.filter((point) => point > firstPath && point < end), end])];
  let done = firstPath;
  for (const target of targets) {
    const added = { firstPath: done, paths: target - done };
    const runs: Promise<void>[] = [];
    for (const [i, { cell, prepared }] of cells.entries()) {
      const known = filled[i];
      if (prepared === undefined || (known !== undefined && 'failure' in known)) continue;
      let buffer: SharedArrayBuffer;
      try {
        buffer = grown(known?.buffer, { firstPath, paths: target - firstPath }, prepared, pool);
      } catch (error) {
        if (known !== undefined) pool.give(known.buffer);
        filled[i] = { failure: { firstPath: done, error: asError(error) } };
        continue;
      }
      filled[i] = { buffer };
      const { failure } = await runner.start(cell, prepared.request, buffer, added);
      const settle = (reason: BlockFailure | undefined): void => {
        if (reason === undefined) return;
        pool.give(buffer);
        filled[i] = { failure: reason };
      };
      runs.push(failure.then(settle));
    }
    await Promise.all(runs);
    done = target;
    const parts = cells.flatMap(({ cell }, i) => {
      const state = filled[i];
      return state !== undefined && 'buffer' in state ? [{ cell, columns: part(state.buffer, added) }] : [];
    });
    rule.add(parts);
    const isCap = target === points.at(-1);
    if (isCap || (points.includes(target) && rule.isReached()))
      return { paths: done - firstPath, isLast: true, cells: filled };
  }
  return { paths: done - firstPath, isLast: false, cells: filled };
}

/** Columns for the paths of `range`, those that there are already taken over. */
function grown(
  buffer: SharedArrayBuffer | undefined,
  { firstPath, paths }: Block,
  { columns: choice }: PreparedCell,
  pool: BufferPool,
): SharedArrayBuffer {
  const larger = allocatePathColumns(paths, choice, pool, firstPath);
  if (buffer === undefined) return larger;
  const { count, saturatedQuotes } = viewPathColumns(buffer);
  const bytes = Buffer.allocUnsafeSlow(bytesOfSlot(buffer) * count);
  copySlots(buffer, 0, count, bytes);
  fillSlots(larger, 0, count, { bytes, slots: count, from: 0 });
  viewPathColumns(larger).saturatedQuotes?.set(saturatedQuotes ?? []);
  pool.give(buffer);
  return larger;
}

/** What a stop rule reads of some paths in the middle of a buffer. */
function part(buffer: SharedArrayBuffer, { firstPath, paths }: Block): PathColumns {
  const all = viewPathColumns(buffer);
  const slot = firstPath - all.firstPath;
  return {
    ...all,
    firstPath,
    count: paths,
    pnl: all.pnl.subarray(slot, slot + paths),
    meanEstimator: all.meanEstimator?.subarray(slot, slot + paths),
  };
}
