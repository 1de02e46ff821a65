import { describe, expect, it } from 'vitest';
import { mostPackedBytes, packSlots, unpackSlots } from '../../src/simulate/executors/queue/compact-slots.ts';
import type { ColumnChoice } from '../../src/simulate/path-columns.ts';
import { allocatePathColumns, viewPathColumns } from '../../src/simulate/results-buffer.ts';

const CHOICE = { maxDrawdown: true, meanEstimator: false };
const numbers = [0.1, -0, 1 / 3, 5e-324, -1e300];

/** Columns of five paths from path 100 on, their integers times `scale`. */
function columnsOf(scale: number, choice: ColumnChoice = CHOICE): SharedArrayBuffer {
  const buffer = allocatePathColumns(numbers.length, choice, undefined, 100);
  const { pnl, integralQ2, maxDrawdown, fills, finalLots, maxAbsLots } = viewPathColumns(buffer);
  for (const [i, x] of numbers.entries()) {
    pnl[i] = x;
    integralQ2[i] = 2 * x;
    maxDrawdown?.fill(x, i, i + 1);
    fills[i] = scale * i;
    finalLots[i] = -scale * i;
    maxAbsLots[i] = i;
  }
  return buffer;
}

function packed(columns: SharedArrayBuffer): Buffer {
  const target = Buffer.alloc(mostPackedBytes(columns, numbers.length));
  return target.subarray(0, packSlots(columns, numbers.length, target));
}

describe('packed slots', () => {
  // 4 × scale and −4 × scale at the ends of what a byte, two and four hold.
  it.each([
    [1, 1, 1],
    [32, 2, 1],
    [31, 1, 1],
    [8191, 2, 2],
    [8192, 4, 2],
    [5e8, 4, 4],
  ])('hold integers times %d in %d and %d bytes, and come out to the bit', (scale, fillBytes, lotBytes) => {
    const columns = columnsOf(scale);
    const bytes = packed(columns);
    expect(bytes.byteLength).toBe(6 + numbers.length * (3 * 8 + fillBytes + lotBytes + 1));
    const target = allocatePathColumns(9, CHOICE, undefined, 98);
    // At any place in memory, and into the middle.
    unpackSlots(target, 2, numbers.length, Buffer.concat([Buffer.alloc(3), bytes]).subarray(3));
    const [found, expected] = [viewPathColumns(target), viewPathColumns(columns)];
    for (const name of ['pnl', 'integralQ2', 'maxDrawdown', 'fills', 'finalLots', 'maxAbsLots'] as const) {
      expect(found[name]?.slice(2, 7)).toEqual(expected[name]?.slice(0, 5));
    }
    expect([...found.pnl.slice(0, 2), ...found.fills.slice(7)]).toEqual([0, 0, 0, 0]);
  });

  it('are refused where they are of other columns or cut', () => {
    const bytes = packed(columnsOf(1));
    const other = allocatePathColumns(5, { ...CHOICE, meanEstimator: true });
    for (const [target, found] of [
      [other, bytes],
      [columnsOf(1), bytes.subarray(1)],
      [columnsOf(1), Buffer.concat([bytes, Buffer.alloc(1)])],
      [columnsOf(1), Buffer.alloc(0)],
    ] as const) {
      expect(() => unpackSlots(target, 0, 5, found)).toThrow(RangeError);
    }
  });
});
