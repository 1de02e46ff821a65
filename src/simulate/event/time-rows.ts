import type { RateReader } from './rate-reader.ts';

/** Equal slots of [0, T], the finest division of a table in time. */
export const SLOTS = 4096;
/**
 * The most that any fill intensity may change within a row, relatively, unless the row is a single slot. The mean PnL of
 * the tabulated policy is then within 1e-5 of the exact policy's in all cases that the tests hold.
 */
const MOST_CHANGE = 0.04;

/** The one row of quotes that do not depend on time. */
export function oneRow(T: number): Float64Array {
  return Float64Array.of(0, T);
}

/**
 * Edges of rows within which the intensities hardly change, by joining neighbouring slots: quotes that move only near T
 * need few rows, which stay in the first-level cache.
 */
export function timeRows(T: number, reader: RateReader): Float64Array {
  const edges = [0];
  const first = new Float64Array(reader.length);
  const current = new Float64Array(reader.length);
  reader.read(0, first);
  for (let slot = 1; slot < SLOTS; slot++) {
    const start = (slot * T) / SLOTS;
    reader.read(((slot + 1) * T) / SLOTS, current);
    if (change(first, current) > MOST_CHANGE) {
      edges.push(start);
      reader.read(start, first);
    }
  }
  return Float64Array.from([...edges, T]);
}

function change(first: Float64Array, current: Float64Array): number {
  let largest = 0;
  for (let at = 0; at < first.length; at++) {
    const before = first[at]!;
    const after = current[at]!;
    if (before !== after) largest = Math.max(largest, Math.abs(after - before) / Math.max(before, after));
  }
  return largest;
}
