import type { HjbGrid } from '../solve/hjb-grid.ts';
import { createQuoteReader } from '../solve/quotes.ts';
import type { QuoteRule } from './strategy.ts';

/**
 * The optimal quotes of a solved grid. Past the model's horizon the terminal quotes hold; past its inventory bound only the
 * reducing side is quoted. Where the market's lots are not the model's, distances are interpolated linearly in the inventory.
 */
export function gridRule(grid: HjbGrid): QuoteRule {
  const reader = createQuoteReader(grid);
  const { inventories: lattice, model } = grid;
  const bids = new Float64Array(lattice.length);
  const asks = new Float64Array(lattice.length);
  const top = lattice.length - 1;
  return {
    timeDependent: true,
    fillRow(t, inventories, bid, ask) {
      reader.quotes(Math.min(t, model.T), bids, asks);
      for (let j = 0; j < inventories.length; j++) {
        const place = inventories[j]! / model.order_size + top / 2;
        bid[j] = place >= top ? Number.POSITIVE_INFINITY : interpolate(bids, Math.max(place, 0), top - 1);
        ask[j] = place <= 0 ? Number.POSITIVE_INFINITY : interpolate(asks, Math.min(place, top), top);
      }
    },
  };
}

/** values at a fractional index, which is never moved where it is an integer up to rounding; `last` is the last finite entry. */
function interpolate(values: Float64Array, place: number, last: number): number {
  const nearest = Math.round(place);
  if (Math.abs(place - nearest) < 1e-9) return values[nearest]!;
  const below = Math.floor(place);
  const above = Math.min(below + 1, last);
  const low = Number.isFinite(values[below]!) ? values[below]! : values[above]!;
  return low + (place - below) * (values[above]! - low);
}
