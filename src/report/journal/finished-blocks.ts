import type { Block } from '../../plan/blocks.ts';
import { layoutOf } from '../../simulate/results-buffer.ts';
import { copySlots } from '../../simulate/slot-bytes.ts';
import { encodeHead } from './record.ts';

/** From so many bytes on a record takes no further block: neighbouring ones are joined, but it must not outgrow a write. */
const MOST_BYTES = 4 * 2 ** 20;

interface Copied extends Block {
  readonly throughMid: number;
  /** Column by column, with the bytes of a slot in each. */
  readonly bytes: Uint8Array;
  readonly slotBytes: readonly number[];
}

/** Copies of finished blocks that wait to be written. */
export class FinishedBlocks {
  #byCell = new Map<number, Copied[]>();
  #bytes = 0;

  /** Bytes that wait. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Copies a block of `cell` out of columns whose slot 0 is path `firstPath`. */
  add(cell: number, columns: SharedArrayBuffer, firstPath: number, block: Block, throughMid: number): void {
    const bytes = copySlots(columns, block.firstPath - firstPath, block.paths);
    const waiting = this.#byCell.get(cell);
    const slotBytes = layoutOf(columns).columns.map((column) => column.slotBytes);
    const copied = { ...block, throughMid, bytes, slotBytes };
    if (waiting === undefined) this.#byCell.set(cell, [copied]);
    else waiting.push(copied);
    this.#bytes += bytes.byteLength;
  }

  /** Takes all as records: heads and payloads in turn. */
  takeRecords(): Uint8Array[] {
    const records: Uint8Array[] = [];
    for (const [cell, blocks] of this.#byCell) {
      blocks.sort((a, b) => a.firstPath - b.firstPath);
      for (let first = 0; first < blocks.length; ) {
        let end = first + 1;
        let bytes = blocks[first]!.bytes.byteLength;
        while (end < blocks.length && follows(blocks[end - 1]!, blocks[end]!) && bytes < MOST_BYTES) {
          bytes += blocks[end]!.bytes.byteLength;
          end++;
        }
        records.push(...record(cell, blocks.slice(first, end)));
        first = end;
      }
    }
    this.#byCell = new Map();
    this.#bytes = 0;
    return records;
  }
}

function follows(earlier: Block, later: Block): boolean {
  return earlier.firstPath + earlier.paths === later.firstPath;
}

function record(cell: number, blocks: readonly Copied[]): [Buffer, Uint8Array] {
  const [first] = blocks;
  if (first === undefined) throw new RangeError('a record of no block');
  const payload = blocks.length === 1 ? first.bytes : joined(blocks, first.slotBytes);
  const sum = (of: (block: Copied) => number): number => blocks.reduce((total, block) => total + of(block), 0);
  const [paths, throughMid] = [sum((block) => block.paths), sum((block) => block.throughMid)];
  return [encodeHead({ kind: 'paths', cell, firstPath: first.firstPath, paths, throughMid }, payload), payload];
}

/** The blocks' columns end to end: the first column of all of them, then the second … */
function joined(blocks: readonly Copied[], slotBytes: readonly number[]): Buffer {
  const starts = slotBytes.map((_, column) => slotBytes.slice(0, column).reduce((sum, bytes) => sum + bytes, 0));
  const parts = slotBytes.flatMap((width, column) =>
    blocks.map(({ bytes, paths }) => bytes.subarray(starts[column]! * paths, (starts[column]! + width) * paths)),
  );
  return Buffer.concat(parts);
}
