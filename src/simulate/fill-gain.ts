import type { SimulatorParameters } from '../config/experiment.ts';

type FillTerms = Pick<SimulatorParameters, 'order_size' | 'maker_fee' | 'impact'>;

/**
 * Mark-to-market jump of PnL at one fill of z = order_size units, price units × units: the distance earned less the fee c,
 * and the new inventory marked at the mid that the fill moved by ξ = impact (Guéant, Lehalle & Fernandez-Tapia 2013,
 * section 5): z(δ − c) − ξ(q + z) at the bid, z(δ − c) + ξ(q − z) at the ask. An absent quote (δ = +∞) never fills; its
 * gain is 0 only to keep sums finite.
 * @param inventoryBefore q in units
 */
export function fillGain(
  { order_size, maker_fee, impact }: FillTerms,
  side: 'bid' | 'ask',
  distance: number,
  inventoryBefore: number,
): number {
  if (distance === Number.POSITIVE_INFINITY) return 0;
  const earned = order_size * (distance - maker_fee);
  // Adding an exact 0 leaves the last bit of what is earned alone.
  if (impact === 0) return earned;
  return earned - impact * (order_size + (side === 'bid' ? inventoryBefore : -inventoryBefore));
}

/**
 * What both sides' fills within one step jump beyond the sum of their `fillGain`: the two moves of the mid cancel, while
 * the quotes were both taken before, so that nothing of −2ξz is lost.
 */
export function bothSidesGain({ order_size, impact }: FillTerms): number {
  return 2 * impact * order_size;
}
