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
  /** E[e^(iu(PnL − mean))] at u = k·spacing for k = first … first + count − 1, to about 1e-10. */
  frequencies(first: number, count: number, spacing: number): TransformValue[];
  /** ln E[e^(s(PnL − mean − ζ∫q²dt))·weight(q_T)] for a real s; NaN where it cannot be computed or exceeds `mostLog`. */
  exponential(s: number, options: ExponentialOptions): number;
}

export interface ExponentialOptions {
  /** Relative error allowed. */
  readonly tolerance: number;
  /** ζ; 0 where absent. */
  readonly running?: number;
  /** By inventory; 1 where absent. */
  readonly weights?: Float64Array;
  /** Where more than this is of no use. */
  readonly mostLog?: number;
  /**
   * Share that may sit at the ends of a lattice that paths can leave: where there is more, what is beyond would count. 1
   * where absent.
   */
  readonly mostAtEdge?: number;
}
