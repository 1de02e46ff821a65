import type { FileHandle } from 'node:fs/promises';
import type { Block } from '../../plan/blocks.ts';
import { viewPathColumns } from '../../simulate/results-buffer.ts';
import { bytesOfSlot, fillSlots } from '../../simulate/slot-bytes.ts';
import { isIntact } from './record.ts';
import { readAt, type StoredRecord } from './scan.ts';

/** The paths of an earlier run in its journal, by cell. */
export class PathIndex {
  readonly #handle: FileHandle;
  readonly #byCell = new Map<number, StoredRecord[]>();

  constructor(handle: FileHandle, records: readonly StoredRecord[]) {
    this.#handle = handle;
    for (const record of records) {
      const known = this.#byCell.get(record.cell);
      if (known === undefined) this.#byCell.set(record.cell, [record]);
      else known.push(record);
    }
    for (const known of this.#byCell.values()) known.sort((a, b) => a.firstPath - b.firstPath);
  }

  get isEmpty(): boolean {
    return this.#byCell.size === 0;
  }

  /** True where all of a cell's paths from `firstPath` to `end` − 1 are stored. */
  holds(cell: number, firstPath: number, end: number): boolean {
    return this.count(cell, end, firstPath) === end - firstPath;
  }

  /** Paths `least` … most − 1 of a cell that are stored. */
  count(cell: number, most: number, least = 0): number {
    let [count, end] = [0, least];
    for (const { firstPath, paths } of this.#byCell.get(cell) ?? []) {
      const [from, to] = [Math.max(firstPath, end), Math.min(firstPath + paths, most)];
      if (to > from) count += to - from;
      end = Math.max(end, to);
    }
    return count;
  }

  /** Fills the columns' slots of stored paths within `range`; gives the ranges in between. Rejects where the file cannot be read. */
  async fill(cell: number, columns: SharedArrayBuffer, range: Block): Promise<Block[]> {
    const { firstPath: slotZero, saturatedQuotes } = viewPathColumns(columns);
    const slotBytes = bytesOfSlot(columns);
    const rangeEnd = range.firstPath + range.paths;
    const missing: Block[] = [];
    let next = range.firstPath;
    for (const record of this.#byCell.get(cell) ?? []) {
      const from = Math.max(record.firstPath, next);
      const to = Math.min(record.firstPath + record.paths, rangeEnd);
      if (to <= from || record.payloadBytes !== record.paths * slotBytes) continue;
      const bytes = await readAt(this.#handle, record.offset, record.payloadBytes);
      // Damaged since it was listed: simulated again.
      if (!isIntact(record, bytes)) continue;
      fillSlots(columns, from - slotZero, to - from, { bytes, slots: record.paths, from: from - record.firstPath });
      const isFirstPart = record.firstPath >= range.firstPath;
      if (isFirstPart && saturatedQuotes !== undefined) Atomics.add(saturatedQuotes, 0, record.throughMid);
      if (from > next) missing.push({ firstPath: next, paths: from - next });
      next = to;
    }
    if (rangeEnd > next) missing.push({ firstPath: next, paths: rangeEnd - next });
    return missing;
  }
}
