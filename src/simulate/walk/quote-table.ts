import type { SimulatorParameters } from '../../config/experiment.ts';
import type { PathPolicy } from '../../strategies/policy.ts';
import { QuoteError } from '../../strategies/quote-error.ts';
import type { QuoteRule } from '../../strategies/strategy.ts';
import { type Lattice, latticeInventories } from '../lattice.ts';
import { readQuotes } from '../read-quotes.ts';
import { adaptiveNodes, type TimeNode, type TimeRows, TimeRowsReader } from './time-nodes.ts';

/**
 * A rule's quotes at nodes in time. The arrays are views of shared memory; rows hold distances over the lattice: at 2e the
 * bid's, at 2e + 1 the ask's, e = lots + reach.
 */
export interface QuoteTable extends TimeRows {
  /** Lots on either side of zero that the table covers. */
  readonly reach: number;
}

/** Interpolated distances are within this share of 1/k of the rule's own, which moves an intensity by as much. */
export const QUOTE_TOLERANCE = 1e-5;

/** Tabulates a rule for walks, as rows of a QuoteTable. Throws QuoteError as `readQuotes` does. */
export function tabulateQuotes(market: SimulatorParameters, rule: QuoteRule, lattice: Lattice): TimeNode[] {
  const inventories = latticeInventories(lattice, market.order_size);
  const width = inventories.length;
  const bid = new Float64Array(width);
  const ask = new Float64Array(width);
  const read = (t: number): Float64Array => {
    readQuotes(rule, t, inventories, lattice.bounded, bid, ask);
    return Float64Array.from({ length: 2 * width }, (_, i) => (i % 2 === 0 ? bid[i >> 1]! : ask[i >> 1]!));
  };
  if (!rule.timeDependent) return [{ t: 0, row: read(0) }];
  return adaptiveNodes(market.T, QUOTE_TOLERANCE / market.k, read);
}

/** Reads a table along a path, times ascending. Throws QuoteError past its last inventory. */
export class TabulatedPolicy implements PathPolicy {
  readonly #reader: TimeRowsReader;
  readonly #orderSize: number;
  readonly #reach: number;

  constructor(table: QuoteTable, orderSize: number) {
    this.#reader = new TimeRowsReader(table);
    this.#orderSize = orderSize;
    this.#reach = table.reach;
  }

  start(): void {
    this.#reader.start();
  }

  quote(t: number, q: number, _S: number, out: Float64Array): void {
    const lots = Math.round(q / this.#orderSize);
    if (lots > this.#reach || lots < -this.#reach) {
      throw new QuoteError(
        `inventory ${q} left the range of the quote table; set simulator.Q_max to bound the inventory`,
      );
    }
    this.#reader.readPair(t, 2 * (lots + this.#reach), out);
  }
}
