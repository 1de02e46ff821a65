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
  /** Intensity beyond A of a quote through the mid, A (e^(−kδ) − 1); 0 for the other quotes. */
  readonly excess: Float64Array;
  /** ∫₀ᵗ (excess of bid plus ask) du at the rows' edges, for each inventory; (rows + 1) × width. */
  readonly hazard: Float64Array;
  /** ∫₀ᵗ (λb gain_b + λa gain_a) du at the rows' edges, for each inventory; (rows + 1) × width. The compensator of the spread earned. */
  readonly compensator: Float64Array;
}

/**
 * Time rows where the quotes depend on time. Over the exact answers that the tests hold, the mean PnL of the tabulated
 * hjb policy is within 1e-6 of the exact policy's, relatively; the table of 21 inventories fits a second-level cache.
 */
const ROWS = 1024;
/**
 * A quote so far through the mid that it would fill sooner than T / 1e8 fills at that rate instead: the delay is far below
 * anything that matters, and the hazards stay small enough to be added up in floating point.
 */
const MOST_FILLS = 1e8;
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
  const side = { A, k, orderSize: order_size, mostReach: A > 0 ? 1 + MOST_FILLS / (A * T) : 1 };
  for (let row = 0; row < rows; row++) {
    rule.fillRow((row + 0.5) * interval, inventories, bid, ask);
    // The inventory bound holds for every strategy: no bid at the top of the lattice, no ask at the bottom.
    if (lattice.bounded) {
      bid[width - 1] = Number.POSITIVE_INFINITY;
      ask[0] = Number.POSITIVE_INFINITY;
    }
    for (let j = 0; j < width; j++) {
      const e = row * width + j;
      const earned = writeSide(table, 2 * e, bid[j]!, side) + writeSide(table, 2 * e + 1, ask[j]!, side);
      table.compensator[e + width] = table.compensator[e]! + earned * interval;
      table.hazard[e + width] = table.hazard[e]! + (table.excess[2 * e]! + table.excess[2 * e + 1]!) * interval;
    }
  }
  return table;
}

interface SideFacts {
  readonly A: number;
  readonly k: number;
  readonly orderSize: number;
  /** The largest e^(−kδ) that is told apart. */
  readonly mostReach: number;
}

/** Writes one side's entry; returns what it earns per unit of time, intensity × gain. */
function writeSide(table: EventTable, at: number, distance: number, facts: SideFacts): number {
  const reach = Math.min(exp(-facts.k * distance), facts.mostReach);
  // 2^31 itself does not fit a signed word: a certain fill has probability 1 − 2^−31.
  table.thresholds[at] = Math.min(Math.round(reach * 2147483648), 2147483647);
  table.gains[at] = Number.isFinite(distance) ? facts.orderSize * distance : 0;
  table.excess[at] = facts.A * Math.max(0, reach - 1);
  return facts.A * reach * table.gains[at]!;
}

function allocate(lattice: Lattice, rows: number, width: number): EventTable {
  const entries = rows * width;
  const edges = entries + width;
  const buffer = new SharedArrayBuffer(8 * (4 * entries + 2 * edges) + 4 * 2 * entries);
  let offset = 0;
  const take = (length: number): Float64Array => {
    const view = new Float64Array(buffer, offset, length);
    offset += view.byteLength;
    return view;
  };
  const gains = take(2 * entries);
  const excess = take(2 * entries);
  const hazard = take(edges);
  const compensator = take(edges);
  return { lattice, rows, gains, excess, hazard, compensator, thresholds: new Int32Array(buffer, offset, 2 * entries) };
}
