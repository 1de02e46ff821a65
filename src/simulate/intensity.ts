import type { SimulatorParameters } from '../config/experiment.ts';
import { exp } from '../util/elementary.ts';

/** λ(δ) = A e^(−kδ); 0 where there is no quote (δ = +∞) and in a market without orders, however near the quote. */
export function intensity({ A, k }: Pick<SimulatorParameters, 'A' | 'k'>, distance: number): number {
  return A === 0 || distance === Number.POSITIVE_INFINITY ? 0 : A * exp(-k * distance);
}
