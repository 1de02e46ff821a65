import type { SimulatorParameters } from '../config/experiment.ts';
import type { Atom } from './atoms.ts';
import type { InventoryLattice } from './inventory-lattice.ts';

/** Moments at T over the lattice, as moment-state.ts lays them out. */
export interface Moments {
  readonly lattice: InventoryLattice;
  readonly state: Float64Array;
}

/** E[e^(s(PnL − mean))] for each of some s; `logScale` is ln of a factor still to be applied. */
export interface TransformValue {
  readonly re: number;
  readonly im: number;
  readonly logScale: number;
}

/** A simulation scheme's moments and transforms without sampling. */
export interface ExactEngine {
  readonly market: SimulatorParameters;
  readonly moments: Moments;
  readonly atoms: readonly Atom[];
  /** The largest jump of PnL at a fill that can be expected at all. */
  readonly largestJump: number;
  /** E[e^(iu(PnL − mean))] at u = k·spacing for k = first … first + count − 1, to about 1e-10. */
  frequencies(first: number, count: number, spacing: number): TransformValue[];
  /**
   * E[e^(s(PnL − mean − ζ∫q²dt))·weight(q_T)] for real s, to a relative `tolerance`.
   * @param weights by inventory; undefined = 1
   */
  exponentials(
    exponents: readonly number[],
    options: { readonly tolerance: number; readonly running?: number; readonly weights?: Float64Array },
  ): TransformValue[];
}
