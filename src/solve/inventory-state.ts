import type { ModelParameters } from '../config/experiment.ts';
import type { InventoryState } from './extrapolated-euler.ts';
import { differenceAt, type LotModel, largestStartingDifference } from './lot-model.ts';
import { SolveError } from './solve-error.ts';

/** Terminal cost: writes θ(T, q) = −φ q². */
export function writeTerminalTheta(model: ModelParameters, inventories: Float64Array, theta: Float64Array): void {
  for (let i = 0; i < inventories.length; i++) theta[i] = 0 - model.phi * inventories[i]! * inventories[i]!;
}

export function createState(lot: LotModel): InventoryState {
  return { D: new Float64Array(2 * lot.lots), level: 0, levelError: 0 };
}

/**
 * Reads a row of θ into differences per lot. Differences that could not be told from larger ones after an instant are cut
 * (`largestStartingDifference`), which only the terminal row can need. What lasts is then either the middle of the lattice
 * (k > g), which pulls the rest up, or, where delta_max forces trades (g > k), its ends, which pull the rest down: that part
 * keeps its θ, and what the other has done by then decays as a power of e^(−600).
 * @throws SolveError where g and k are so close that neither part lasts.
 */
export function readState(lot: LotModel, horizon: number, theta: ArrayLike<number>, state: InventoryState): void {
  const { lots, size, g, k } = lot;
  const { upward, forced } = largestStartingDifference(lot, horizon);
  const limit = Math.min(upward, forced);
  let cut = 0;
  let largest = 0;
  for (let e = 0; e < 2 * lots; e++) {
    const D = differenceAt(lot, theta, 0, e);
    const kept = D > limit ? limit : D < -limit ? -limit : D;
    state.D[e] = kept;
    if (e >= lots) cut += kept - D;
    largest = Math.max(largest, Math.abs(D));
  }
  if (largest > Math.max(upward, forced) && g > 0.9 * k && k > 0.9 * g) {
    throw new SolveError(
      `model.phi and model.impact make the terminal cost change by ${largest * size} a lot; with delta_max = ${lot.deltaMax}, no delta_min and ` +
        'gamma · order_size next to k the quote grid cannot start from there: lower model.phi, model.impact or model.Q_max, or set model.delta_min',
    );
  }
  state.level = theta[lots]! / size - (forced < upward ? cut : 0);
  state.levelError = 0;
}

/** Writes θ = z (level + sums of D from the middle outwards) + ξ q²/(2z). @returns whether all of it is finite. */
export function writeTheta(lot: LotModel, state: InventoryState, theta: Float64Array): boolean {
  const { lots, size, impact } = lot;
  const { D, level } = state;
  theta[lots] = size * level;
  let right = 0;
  let left = 0;
  for (let n = 0; n < lots; n++) {
    right += D[lots + n]!;
    left -= D[lots - 1 - n]!;
    const moved = 0.5 * impact * (n + 1) * (n + 1);
    theta[lots + 1 + n] = size * (level + right + moved);
    theta[lots - 1 - n] = size * (level + left + moved);
  }
  return Number.isFinite(theta[0]!) && Number.isFinite(theta[lots]!) && Number.isFinite(theta[2 * lots]!);
}
