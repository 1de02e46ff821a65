import type { SimulatorParameters } from '../config/experiment.ts';

/** The inventories that a path can reach, in lots of order_size: −reach … reach. */
export interface Lattice {
  /** Lots at the start of every path. */
  readonly start: number;
  /** Lots on either side of zero that the tables cover. */
  readonly reach: number;
  /** True where `reach` is the inventory bound; false where it is only as far as the tables go. */
  readonly bounded: boolean;
}

/**
 * Without an inventory bound a table covers what `maxFills` fills on one side can reach, up to a memory limit of
 * `maxWidth` entries a row; a path that leaves it fails its cell rather than being quoted by something else.
 */
export function latticeOf(simulator: SimulatorParameters, maxFills: number, maxWidth: number): Lattice {
  const { Q_max, order_size, q0 } = simulator;
  const start = Math.round(q0 / order_size);
  // The small excess lets 0.3 / 0.1 = 2.999… count as 3 lots.
  if (Q_max !== null) return { start, reach: Math.floor((Q_max / order_size) * (1 + 1e-12)), bounded: true };
  const reachable = Math.abs(start) + maxFills;
  return { start, reach: Math.min(reachable, Math.max(Math.abs(start) + 1, (maxWidth - 1) >> 1)), bounded: false };
}

/** The lattice's inventories in units, ascending; length 2·reach + 1. */
export function latticeInventories(lattice: Lattice, orderSize: number): Float64Array {
  return Float64Array.from({ length: 2 * lattice.reach + 1 }, (_, j) => (j - lattice.reach) * orderSize);
}
