import type { SimulatorParameters } from '../config/experiment.ts';

/** The inventories over which probabilities are carried, ascending multiples of order_size around zero. */
export interface InventoryLattice {
  /** Units, length `width`. */
  readonly inventories: Float64Array;
  readonly width: number;
  /** Index of the inventory at the start. */
  readonly start: number;
  /** Index of zero; also the lots on either side of it. */
  readonly reach: number;
  /** True where the ends are the inventory bound; false where paths may leave, and what leaves is lost. */
  readonly bounded: boolean;
}

/** Lots on either side of zero that the inventory bound allows; Infinity without one. */
export function boundLots({ Q_max, order_size }: SimulatorParameters): number {
  // The small excess lets 0.3 / 0.1 = 2.999… count as 3 lots.
  return Q_max === null ? Number.POSITIVE_INFINITY : Math.floor((Q_max / order_size) * (1 + 1e-12));
}

/** The lattice −reach … reach lots, or the whole one where the bound is nearer. */
export function createLattice(simulator: SimulatorParameters, wanted: number): InventoryLattice {
  const most = boundLots(simulator);
  const reach = Math.min(wanted, most);
  const { order_size, q0 } = simulator;
  return {
    inventories: Float64Array.from({ length: 2 * reach + 1 }, (_, j) => (j - reach) * order_size),
    width: 2 * reach + 1,
    start: reach + Math.round(q0 / order_size),
    reach,
    bounded: reach === most,
  };
}
