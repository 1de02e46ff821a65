import { type ColumnLayout, layoutOf } from '../../results-buffer.ts';

/** Bytes that a number of an integer column may take. */
type Width = 1 | 2 | 4;

/** Bytes that `packSlots` needs at most. */
export function mostPackedBytes(columns: SharedArrayBuffer, count: number): number {
  const all = layoutOf(columns).columns;
  return all.length + all.reduce((sum, { slotBytes }) => sum + slotBytes * count, 0);
}

/**
 * Packs `count` slots of every column, from slot 0 on, into `target`: a byte for each column that says how many bytes a number
 * takes, then the columns one after the other. Integer columns, which hold counts of fills and lots, take as few as their numbers
 * fit in, mostly a quarter; doubles are as they are. Returns the bytes that were written. O(count).
 */
export function packSlots(columns: SharedArrayBuffer, count: number, target: Uint8Array): number {
  const all = layoutOf(columns).columns;
  let at = all.length;
  all.forEach(({ offset, slotBytes }, i) => {
    if (slotBytes === 8) {
      target[i] = 8;
      target.set(new Uint8Array(columns, offset, 8 * count), at);
      at += 8 * count;
      return;
    }
    const values = new Int32Array(columns, offset, count);
    const width = widthOf(values);
    target[i] = width;
    const packed = arrayOf(width, count);
    packed.set(values);
    target.set(new Uint8Array(packed.buffer), at);
    at += width * count;
  });
  return at;
}

/**
 * Writes `count` packed slots into every column, from `slot` on.
 * @throws RangeError where the bytes are not of such columns
 */
export function unpackSlots(columns: SharedArrayBuffer, slot: number, count: number, packed: Uint8Array): void {
  const { columns: all } = layoutOf(columns);
  requireLayout(all, count, packed);
  let at = all.length;
  all.forEach(({ offset, slotBytes }, i) => {
    const bytes = packed.subarray(at, at + packed[i]! * count);
    at += bytes.byteLength;
    if (slotBytes === 8) {
      new Uint8Array(columns, offset + 8 * slot, 8 * count).set(bytes);
      return;
    }
    const narrow = arrayOf(packed[i]!, count);
    new Uint8Array(narrow.buffer).set(bytes);
    new Int32Array(columns, offset + 4 * slot, count).set(narrow);
  });
}

function requireLayout(all: ColumnLayout['columns'], count: number, packed: Uint8Array): void {
  const widths = all.map((_, i) => packed[i] ?? 0);
  const fits = all.every(({ slotBytes }, i) => (slotBytes === 8 ? widths[i] === 8 : [1, 2, 4].includes(widths[i]!)));
  const bytes = widths.reduce((sum, width) => sum + width * count, all.length);
  if (fits && bytes === packed.byteLength) return;
  throw new RangeError(`expected ${count} slots of ${all.length} columns, got ${packed.byteLength} other bytes`);
}

function widthOf(values: Int32Array): Width {
  let [low, high] = [0, 0];
  for (const value of values) {
    if (value < low) low = value;
    else if (value > high) high = value;
  }
  if (low >= -0x80 && high < 0x80) return 1;
  return low >= -0x8000 && high < 0x8000 ? 2 : 4;
}

function arrayOf(width: number, count: number): Int8Array | Int16Array | Int32Array {
  if (width === 1) return new Int8Array(count);
  return width === 2 ? new Int16Array(count) : new Int32Array(count);
}
