import { QuoteError } from '../strategies/quote-error.ts';
import type { QuoteRule } from '../strategies/strategy.ts';

/**
 * Reads a rule's distances at time t, with the inventory bound that holds for every strategy: where the inventories' ends
 * are the bound, no bid at the top and no ask at the bottom.
 * @throws QuoteError for a distance that is NaN or −∞
 */
export function readQuotes(
  rule: QuoteRule,
  t: number,
  inventories: Float64Array,
  bounded: boolean,
  bid: Float64Array,
  ask: Float64Array,
): void {
  rule.fillRow(t, inventories, bid, ask);
  if (bounded) {
    bid[inventories.length - 1] = Number.POSITIVE_INFINITY;
    ask[0] = Number.POSITIVE_INFINITY;
  }
  for (let j = 0; j < inventories.length; j++) {
    if (bid[j]! > Number.NEGATIVE_INFINITY && ask[j]! > Number.NEGATIVE_INFINITY) continue;
    const [side, distance] = bid[j]! > Number.NEGATIVE_INFINITY ? ['ask', ask[j]] : ['bid', bid[j]];
    throw new QuoteError(`the ${side} distance at t = ${t}, q = ${inventories[j]} is ${distance}, expected a number`);
  }
}
