import type { SimulatorParameters } from '../config/experiment.ts';

/**
 * Jump of the mark-to-market PnL at one fill of z = order_size units, price units × units: the distance earned less the
 * fee c, and the new inventory marked at the mid that the fill moved by ξ = impact. Derived here on its own, so that the
 * simulation is checked against it and not against itself.
 * @param before inventory before the fill, units
 */
export function fillJump(market: SimulatorParameters, side: 'bid' | 'ask', distance: number, before: number): number {
  const { order_size: z, maker_fee, impact } = market;
  const after = side === 'bid' ? before + z : before - z;
  return z * (distance - maker_fee) + (side === 'bid' ? -impact : impact) * after;
}

/** Both sides filled within one step: the moves of the mid cancel, and what `fillJump` took off twice comes back. */
export function bothSidesJump({ order_size, impact }: SimulatorParameters): number {
  return 2 * impact * order_size;
}
