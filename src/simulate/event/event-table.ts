import type { SimulatorParameters } from '../../config/experiment.ts';
import type { QuoteRule } from '../../strategies/strategy.ts';
import { exp } from '../../util/elementary.ts';
import { type Lattice, latticeInventories, latticeOf } from '../lattice.ts';

/**
 * A strategy's quotes for the event scheme: constant within each of `rows` equal time intervals, at the quotes of the
 * interval's middle, so that the error of the tabulated policy is of second order in the interval. Market orders come as
 * a Poisson random measure over time and mark, uniform in the mark with density A a side; an order fills a quote at
 * distance δ where its mark is below e^(−kδ). Marks in [0, 1) are the orders that reach the mid or beyond, the same for
 * every strategy; marks above 1 matter only to quotes through the mid (δ < 0).
 *
 * Entry e = row·width + lots + reach; at 2e stands the bid's value, at 2e + 1 the ask's. The arrays are views of one
 * SharedArrayBuffer, so that workers read them in place.
 */
export interface EventTable {
  readonly lattice: Lattice;
  readonly rows: number;
  /** A market order on the side fills where its 31-bit mark is below: probability threshold / 2^31. */
  readonly thresholds: Int32Array;
  /** What a fill earns against the mid: order_size × distance. */
  readonly gains: Float64Array;
  /** e^(−kδ) − 1 where that is positive, else 0: intensity beyond A of a quote through the mid, in units of A. */
  readonly excess: Float64Array;
  /** By lots + reach: the largest excess of bid plus ask over all rows. */
  readonly maxExcess: Float64Array;
  /** ∫₀ᵗ (λb gain_b + λa gain_a) du at the rows' edges, for each inventory; (rows + 1) × width. The compensator of the spread earned. */
  readonly compensator: Float64Array;
}

/**
 * Time rows where the quotes depend on time. Over the exact answers that the tests hold, the mean PnL of the tabulated
 * hjb policy is within 1e-6 of the exact policy's, relatively; the table of 21 inventories fits a second-level cache.
 */
const ROWS = 1024;
/** The table's size at which an unbounded inventory is cut, in entries of 56 bytes. */
const MAX_ENTRIES = 2_000_000;

/** Tabulates `rule` for the market. */
export function buildEventTable(simulator: SimulatorParameters, rule: QuoteRule): EventTable {
  const { A, k, T, order_size } = simulator;
  const rows = rule.timeDependent ? ROWS : 1;
  const maxFills = Math.ceil(A * T + 12 * Math.sqrt(A * T) + 12);
  const lattice = latticeOf(simulator, maxFills, Math.floor(MAX_ENTRIES / rows));
  const inventories = latticeInventories(lattice, order_size);
  const width = inventories.length;
  const table = allocate(lattice, rows, width);
  const bid = new Float64Array(width);
  const ask = new Float64Array(width);
  const interval = T / rows;
  for (let row = 0; row < rows; row++) {
    rule.fillRow((row + 0.5) * interval, inventories, bid, ask);
    // The inventory bound holds for every strategy: no bid at the top of the lattice, no ask at the bottom.
    if (lattice.bounded) {
      bid[width - 1] = Number.POSITIVE_INFINITY;
      ask[0] = Number.POSITIVE_INFINITY;
    }
    for (let j = 0; j < width; j++) {
      const e = row * width + j;
      const earned =
        writeSide(table, 2 * e, bid[j]!, k, order_size) + writeSide(table, 2 * e + 1, ask[j]!, k, order_size);
      table.compensator[e + width] = table.compensator[e]! + A * earned * interval;
      table.maxExcess[j] = Math.max(table.maxExcess[j]!, table.excess[2 * e]! + table.excess[2 * e + 1]!);
    }
  }
  return table;
}

/** Writes one side's entry; returns its e^(−kδ) × gain. */
function writeSide(table: EventTable, at: number, distance: number, k: number, orderSize: number): number {
  const reach = exp(-k * distance);
  // 2^31 itself does not fit a signed word: a certain fill has probability 1 − 2^−31.
  table.thresholds[at] = Math.min(Math.round(reach * 2147483648), 2147483647);
  table.gains[at] = Number.isFinite(distance) ? orderSize * distance : 0;
  table.excess[at] = Math.max(0, reach - 1);
  return reach * table.gains[at]!;
}

function allocate(lattice: Lattice, rows: number, width: number): EventTable {
  const entries = rows * width;
  const doubles = 2 * entries + 2 * entries + width + (entries + width);
  const buffer = new SharedArrayBuffer(8 * doubles + 4 * 2 * entries);
  let offset = 0;
  const take = (length: number): Float64Array => {
    const view = new Float64Array(buffer, offset, length);
    offset += view.byteLength;
    return view;
  };
  const gains = take(2 * entries);
  const excess = take(2 * entries);
  const maxExcess = take(width);
  const compensator = take(entries + width);
  return {
    lattice,
    rows,
    gains,
    excess,
    maxExcess,
    compensator,
    thresholds: new Int32Array(buffer, offset, 2 * entries),
  };
}
