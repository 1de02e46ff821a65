import type { SimulatorParameters } from '../../config/experiment.ts';
import type { QuoteRule } from '../../strategies/strategy.ts';
import { BufferPool } from '../buffer-pool.ts';
import { type Lattice, latticeInventories, latticeOf } from '../lattice.ts';
import { RateReader } from './rate-reader.ts';
import { timeRows } from './time-rows.ts';

/**
 * A strategy's quotes for the event scheme: constant within each of `rows` time intervals, at their averages over the
 * interval. Within a row, an inventory's next fill comes after an exponential time of mean 1 / (λb + λa), and is the
 * bid's with probability λb / (λb + λa), λ = A e^(−kδ). Distances may be negative.
 *
 * Entry e = row·width + lots + reach. The arrays are views of shared memory, so that workers read them in place.
 */
export interface EventTable {
  /** What all arrays of the table but rowEdges are views of. */
  readonly buffer: SharedArrayBuffer;
  readonly lattice: Lattice;
  /** Edges of the rows, rows + 1 times from 0 to T. */
  readonly rowEdges: Float64Array;
  /** 1 / (λb + λa) at e; +Infinity where nothing fills. */
  readonly meanWaits: Float64Array;
  /** A fill whose 30-bit mark is below the value at e is the bid's, else the ask's. */
  readonly bidShares: Int32Array;
  /** The jump of PnL at a fill (`fillGain`): at 2e the bid's, at 2e + 1 the ask's. */
  readonly gains: Float64Array;
  /** ∫₀ᵗ (λb gain_b + λa gain_a) du at the rows' edges, for each inventory; (rows + 1) × width: the spread's compensator. */
  readonly compensator: Float64Array;
}

/** Inventories at which the table of an unbounded inventory is cut: 72 MB for one row. */
const MAX_ENTRIES = 2_000_000;
/** The same where there may be thousands of rows. */
const MAX_WIDTH = 1001;

/** Tabulates `rule` for the market. */
export function buildEventTable(simulator: SimulatorParameters, rule: QuoteRule, pool = new BufferPool()): EventTable {
  const { A, T, order_size } = simulator;
  const maxFills = Math.ceil(A * T + 12 * Math.sqrt(A * T) + 12);
  const lattice = latticeOf(simulator, maxFills, rule.timeDependent ? MAX_WIDTH : MAX_ENTRIES);
  const inventories = latticeInventories(lattice, order_size);
  const width = inventories.length;
  const reader = new RateReader(simulator, rule, inventories, lattice.bounded);
  const timeRow = timeRows(T, reader, rule.timeDependent, lattice.start + lattice.reach);
  const rows = timeRow.length;
  const entries = rows * width;
  const buffer = pool.take(8 * (4 * entries + width) + 4 * entries);
  const gains = new Float64Array(buffer, 0, 2 * entries);
  const meanWaits = new Float64Array(buffer, 16 * entries, entries);
  const compensator = new Float64Array(buffer, 24 * entries, entries + width);
  const bidShares = new Int32Array(buffer, 32 * entries + 8 * width, entries);
  compensator.fill(0, 0, width);
  timeRow.forEach(({ start, end, rates, earnings }, row) => {
    for (let j = 0; j < width; j++) {
      const e = row * width + j;
      const bid = rates[2 * j]!;
      const ask = rates[2 * j + 1]!;
      meanWaits[e] = 1 / (bid + ask);
      bidShares[e] = bid === 0 ? 0 : Math.round((bid / (bid + ask)) * 1073741824);
      gains[2 * e] = bid === 0 ? 0 : earnings[2 * j]! / bid;
      gains[2 * e + 1] = ask === 0 ? 0 : earnings[2 * j + 1]! / ask;
      compensator[e + width] = compensator[e]! + (earnings[2 * j]! + earnings[2 * j + 1]!) * (end - start);
    }
  });
  const rowEdges = Float64Array.from([0, ...timeRow.map(({ end }) => end)]);
  return { buffer, lattice, rowEdges, meanWaits, bidShares, gains, compensator };
}
