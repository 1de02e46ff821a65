import { layoutOf } from './results-buffer.ts';

/** Bytes of one path's slots in all columns. */
export function bytesOfSlot(columns: SharedArrayBuffer): number {
  return layoutOf(columns).columns.reduce((sum, { slotBytes }) => sum + slotBytes, 0);
}

/** A copy of `count` slots of every column, from `slot` on: one column after the other. */
export function copySlots(columns: SharedArrayBuffer, slot: number, count: number): Uint8Array {
  // Not zeroed first: every byte is written.
  const bytes = Buffer.allocUnsafeSlow(bytesOfSlot(columns) * count);
  let at = 0;
  for (const { offset, slotBytes } of layoutOf(columns).columns) {
    bytes.set(new Uint8Array(columns, offset + slot * slotBytes, count * slotBytes), at);
    at += count * slotBytes;
  }
  return bytes;
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
  if (bytes.byteLength !== bytesOfSlot(columns) * slots || from + count > slots) {
    throw new RangeError(`expected ${slots} slots of ${bytesOfSlot(columns)} bytes, got ${bytes.byteLength} bytes`);
  }
  let at = 0;
  for (const { offset, slotBytes } of layoutOf(columns).columns) {
    const part = bytes.subarray(at + from * slotBytes, at + (from + count) * slotBytes);
    new Uint8Array(columns, offset + slot * slotBytes, count * slotBytes).set(part);
    at += slots * slotBytes;
  }
}
