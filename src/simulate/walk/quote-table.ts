import type { SimulatorParameters } from '../../config/experiment.ts';
import type { PathPolicy } from '../../strategies/policy.ts';
import { QuoteError } from '../../strategies/quote-error.ts';
import type { QuoteRule } from '../../strategies/strategy.ts';
import type { BufferPool } from '../buffer-pool.ts';
import { type Lattice, latticeInventories } from '../lattice.ts';
import { readQuotes } from '../read-quotes.ts';

/** A rule's quotes at nodes in time, to be read between them by linear interpolation. The arrays are views of shared memory. */
export interface QuoteTable {
  readonly buffer: SharedArrayBuffer;
  /** Ascending from 0 to T; one node where the quotes do not depend on time. */
  readonly times: Float64Array;
  /** Distances, row by row over the lattice: at 2e the bid's, at 2e + 1 the ask's, e = row·width + lots + reach. */
  readonly distances: Float64Array;
  /** Lots on either side of zero that the table covers. */
  readonly reach: number;
}

/** Intervals of [0, T] that are always looked at, and how often each may be halved. */
const INTERVALS = 64;
const MOST_HALVINGS = 10;
/** Interpolated distances are within this share of 1/k of the rule's own, which moves an intensity by as much. */
const TOLERANCE = 1e-5;

/** Tabulates a rule for walks. Throws QuoteError as `readQuotes` does. */
export function buildQuoteTable(
  market: SimulatorParameters,
  rule: QuoteRule,
  lattice: Lattice,
  pool: BufferPool,
): QuoteTable {
  const inventories = latticeInventories(lattice, market.order_size);
  const width = inventories.length;
  const bid = new Float64Array(width);
  const ask = new Float64Array(width);
  const read = (t: number): Float64Array => {
    readQuotes(rule, t, inventories, lattice.bounded, bid, ask);
    return Float64Array.from({ length: 2 * width }, (_, i) => (i % 2 === 0 ? bid[i >> 1]! : ask[i >> 1]!));
  };
  const nodes = rule.timeDependent ? adaptiveNodes(market.T, TOLERANCE / market.k, read) : [{ t: 0, row: read(0) }];
  const buffer = pool.take(8 * nodes.length * (1 + 2 * width));
  const times = new Float64Array(buffer, 0, nodes.length);
  const distances = new Float64Array(buffer, 8 * nodes.length, 2 * width * nodes.length);
  nodes.forEach(({ t, row }, i) => {
    times[i] = t;
    distances.set(row, 2 * width * i);
  });
  return { buffer, times, distances, reach: lattice.reach };
}

interface Node {
  readonly t: number;
  readonly row: Float64Array;
}

function adaptiveNodes(T: number, tolerance: number, read: (t: number) => Float64Array): Node[] {
  const node = (t: number): Node => ({ t, row: read(t) });
  const nodes: Node[] = [node(0)];
  const cut = (start: Node, end: Node, halvings: number): void => {
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

/** Reads a table along a path, times ascending. Throws QuoteError past its last inventory. */
export class TabulatedPolicy implements PathPolicy {
  readonly #times: Float64Array;
  readonly #distances: Float64Array;
  readonly #orderSize: number;
  readonly #reach: number;
  readonly #stride: number;
  #node = 0;

  constructor({ times, distances, reach }: QuoteTable, orderSize: number) {
    this.#times = times;
    this.#distances = distances;
    this.#orderSize = orderSize;
    this.#reach = reach;
    this.#stride = 2 * (2 * reach + 1);
  }

  start(): void {
    this.#node = 0;
  }

  quote(t: number, q: number, _S: number, out: Float64Array): void {
    const lots = Math.round(q / this.#orderSize);
    if (lots > this.#reach || lots < -this.#reach) {
      throw new QuoteError(
        `inventory ${q} left the range of the quote table; set simulator.Q_max to bound the inventory`,
      );
    }
    const times = this.#times;
    if (times.length === 1) {
      const at = 2 * (lots + this.#reach);
      out[0] = this.#distances[at]!;
      out[1] = this.#distances[at + 1]!;
      return;
    }
    while (this.#node < times.length - 2 && t >= times[this.#node + 1]!) this.#node++;
    const low = this.#node * this.#stride + 2 * (lots + this.#reach);
    const start = times[this.#node]!;
    const part = (t - start) / (times[this.#node + 1]! - start);
    out[0] = between(this.#distances[low]!, this.#distances[low + this.#stride]!, part);
    out[1] = between(this.#distances[low + 1]!, this.#distances[low + 1 + this.#stride]!, part);
  }
}

/** Linear, and the same value where both are, infinite ones included. */
function between(a: number, b: number, part: number): number {
  return a === b ? a : a + part * (b - a);
}
