import type { Key } from './random/threefry.ts';

/** Everything that the stepped kernel needs for one cell: plain numbers and shared memory, nothing to look up. */
export interface SteppedCell {
  readonly scheme: 'stepped';
  readonly key: Key;
  readonly midprice: string;
  readonly steps: number;
  readonly dt: number;
  readonly sigma: number;
  readonly mu: number;
  readonly orderSize: number;
  /** Lots at the start, and the lots on either side of zero that the table covers. */
  readonly startLots: number;
  readonly reach: number;
  /** False where leaving the table is an error, since no inventory bound keeps paths inside. */
  readonly bounded: boolean;
  /** Rows of the table: `steps`, or 1 where the quotes do not depend on time. */
  readonly rows: number;
  /** The step table's arrays; see StepTable. */
  readonly thresholds: Int32Array;
  readonly bothFrom: Int32Array;
  readonly gains: Float64Array;
}

/** Main thread → worker: simulate paths firstPath … firstPath + paths − 1 into their slots of the cell's columns. */
export interface SimulateBlockRequest {
  readonly cell: SteppedCell;
  readonly firstPath: number;
  readonly paths: number;
  readonly columns: SharedArrayBuffer;
}
