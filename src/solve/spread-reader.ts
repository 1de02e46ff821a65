import type { HjbGrid } from './hjb-grid.ts';
import { createQuoteReader } from './quotes.ts';

/**
 * Reads the optimal distances of bid and ask at a time t >= 0 and the lattice point nearest to an inventory, price units;
 * +Infinity where the inventory bound leaves no quote, undefined beyond the lattice. Times after T give those of T.
 */
export type SpreadReader = (t: number, q: number) => [bid: number, ask: number] | undefined;

/** A reader of a solved grid. It throws SolveError where t is negative or not a number. */
export function createSpreadReader(grid: HjbGrid): SpreadReader {
  const { inventories, model } = grid;
  const reader = createQuoteReader(grid);
  const bids = new Float64Array(inventories.length);
  const asks = new Float64Array(inventories.length);
  return (t, q) => {
    const place = Math.round(q / model.order_size) + (inventories.length - 1) / 2;
    if (!(place >= 0 && place < inventories.length)) return undefined;
    reader.quotes(Math.min(t, model.T), bids, asks);
    return [bids[place]!, asks[place]!];
  };
}
