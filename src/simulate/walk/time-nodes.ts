import type { BufferPool } from '../buffer-pool.ts';

/** Numbers that are read between nodes in time by linear interpolation. */
export interface TimeRows {
  /** Ascending from 0 to T; one node where nothing depends on time. */
  readonly times: Float64Array;
  /** Row by row, a row for each node. */
  readonly values: Float64Array;
}

/** A row of numbers at a time. */
export interface TimeNode {
  readonly t: number;
  readonly row: Float64Array;
}

/** Intervals of [0, T] that are always looked at, and how often each may be halved. */
const INTERVALS = 64;
const MOST_HALVINGS = 10;

/** Nodes between which interpolation is within `tolerance` of `read`. */
export function adaptiveNodes(T: number, tolerance: number, read: (t: number) => Float64Array): TimeNode[] {
  const node = (t: number): TimeNode => ({ t, row: read(t) });
  const nodes: TimeNode[] = [node(0)];
  const cut = (start: TimeNode, end: TimeNode, halvings: number): void => {
    if (halvings > 0) {
      const middle = node((start.t + end.t) / 2);
      if (bend(start.row, middle.row, end.row) > tolerance) {
        cut(start, middle, halvings - 1);
        cut(middle, end, halvings - 1);
        return;
      }
    }
    nodes.push(end);
  };
  for (let i = 1; i <= INTERVALS; i++) {
    cut(nodes.at(-1)!, node(i === INTERVALS ? T : (i / INTERVALS) * T), MOST_HALVINGS);
  }
  return nodes;
}

/** The largest distance between a row and the straight line through its neighbours. */
function bend(start: Float64Array, middle: Float64Array, end: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < middle.length; i++) {
    const off = Math.abs(middle[i]! - 0.5 * (start[i]! + end[i]!));
    // Quotes that are absent throughout give NaN, which is no bend.
    if (off > largest) largest = off;
  }
  return largest;
}

/** Writes several lists of nodes into one buffer of shared memory, as views of it. */
export function writeTimeRows(
  lists: readonly (readonly TimeNode[])[],
  pool: BufferPool,
): { readonly buffer: SharedArrayBuffer; readonly rows: readonly TimeRows[] } {
  const widthOf = (nodes: readonly TimeNode[]): number => nodes[0]?.row.length ?? 0;
  const buffer = pool.take(lists.reduce((sum, nodes) => sum + 8 * nodes.length * (1 + widthOf(nodes)), 0));
  let offset = 0;
  const take = (length: number): Float64Array => {
    const view = new Float64Array(buffer, offset, length);
    offset += view.byteLength;
    return view;
  };
  const rows = lists.map((nodes): TimeRows => {
    const width = widthOf(nodes);
    const times = take(nodes.length);
    const values = take(width * nodes.length);
    nodes.forEach(({ t, row }, i) => {
      times[i] = t;
      values.set(row, width * i);
    });
    return { times, values };
  });
  return { buffer, rows };
}

/** Reads rows along a path, times ascending. */
export class TimeRowsReader {
  readonly #times: Float64Array;
  readonly #values: Float64Array;
  readonly #width: number;
  #node = 0;

  constructor({ times, values }: TimeRows) {
    this.#times = times;
    this.#values = values;
    this.#width = values.length / times.length;
  }

  start(): void {
    this.#node = 0;
  }

  /** Writes the numbers at columns `at` and `at` + 1 at time t to out[0] and out[1]. */
  readPair(t: number, at: number, out: Float64Array): void {
    const times = this.#times;
    const values = this.#values;
    if (times.length === 1) {
      out[0] = values[at]!;
      out[1] = values[at + 1]!;
      return;
    }
    while (this.#node < times.length - 2 && t >= times[this.#node + 1]!) this.#node++;
    const low = this.#node * this.#width + at;
    const high = low + this.#width;
    const start = times[this.#node]!;
    const part = (t - start) / (times[this.#node + 1]! - start);
    out[0] = between(values[low]!, values[high]!, part);
    out[1] = between(values[low + 1]!, values[high + 1]!, part);
  }
}

/** Linear, and the same value where both are, infinite ones included. */
function between(a: number, b: number, part: number): number {
  return a === b ? a : a + part * (b - a);
}
