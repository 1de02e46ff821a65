import { type ColumnLayout, layoutOf } from './results-buffer.ts';

/** Bytes of one path's slots in all columns. */
export function bytesOfSlot(columns: SharedArrayBuffer): number {
  return slotBytesOf(layoutOf(columns));
}

function slotBytesOf({ columns }: ColumnLayout): number {
  return columns.reduce((sum, { slotBytes }) => sum + slotBytes, 0);
}

/**
 * Copies `count` slots of every column, from `slot` on, to the start of `target`: one column after the other,
 * `bytesOfSlot` x count bytes.
 */
export function copySlots(columns: SharedArrayBuffer, slot: number, count: number, target: Uint8Array): void {
  let at = 0;
  for (const { offset, slotBytes } of layoutOf(columns).columns) {
    target.set(new Uint8Array(columns, offset + slot * slotBytes, count * slotBytes), at);
    at += count * slotBytes;
  }
}

/**
 * Writes `count` slots of every column, from `slot` on, out of a copy of `copied` slots: those from its slot `from` on.
 * @throws RangeError where the copy is not of such columns
 */
export function fillSlots(
  columns: SharedArrayBuffer,
  slot: number,
  count: number,
  copy: { readonly bytes: Uint8Array; readonly slots: number; readonly from: number },
): void {
  const { bytes, slots, from } = copy;
  const layout = layoutOf(columns);
  if (bytes.byteLength !== slotBytesOf(layout) * slots || from + count > slots) {
    throw new RangeError(`expected ${slots} slots of ${slotBytesOf(layout)} bytes, got ${bytes.byteLength} bytes`);
  }
  let at = 0;
  for (const { offset, slotBytes } of layout.columns) {
    const part = bytes.subarray(at + from * slotBytes, at + (from + count) * slotBytes);
    new Uint8Array(columns, offset + slot * slotBytes, count * slotBytes).set(part);
    at += slots * slotBytes;
  }
}
