import type { ModelParameters, SimulatorParameters, StrategySpec } from '../config/experiment.ts';
import type { JointQuoteTable } from './assets/joint-quote-table.ts';
import type { Key } from './random/threefry.ts';
import type { QuoteTable } from './walk/quote-table.ts';

/** What both tabulated kernels need for one cell: plain numbers and shared memory, nothing to look up. */
interface CellBase {
  readonly key: Key;
  readonly sigma: number;
  readonly mu: number;
  readonly orderSize: number;
  /** Lots at the start, and the lots on either side of zero that the tables cover. */
  readonly startLots: number;
  readonly reach: number;
  /** False where leaving the table is an error, since no inventory bound keeps paths inside. */
  readonly bounded: boolean;
  readonly gains: Float64Array;
  /** True where paths 2i and 2i + 1 share a stream, the second with reversed shocks and fill draws. */
  readonly antithetic: boolean;
}

/** A cell of the stepped scheme; its arrays are those of its StepTable. */
export interface SteppedCell extends CellBase {
  readonly scheme: 'stepped';
  readonly midprice: string;
  readonly steps: number;
  /** Rows of the table; 1 where the quotes do not depend on time. */
  readonly rows: number;
  readonly dt: number;
  readonly thresholds: Int32Array;
  readonly bothFrom: Int32Array;
  readonly bands: Int32Array;
  readonly bothGain: number;
  /** Expected spread earned by entry, where the mean estimator is asked for. */
  readonly expectedGain: Float64Array | undefined;
}

/** A cell of the event scheme; its arrays are those of its EventTable. */
export interface EventCell extends CellBase {
  readonly scheme: 'event';
  readonly T: number;
  /** Equal intervals of [0, T] at whose ends PnL is formed; 1 = at T only. */
  readonly intervals: number;
  readonly rowEdges: Float64Array;
  readonly meanWaits: Float64Array;
  readonly bidShares: Int32Array;
  /** The table's compensator, where the mean estimator is asked for. */
  readonly compensator: Float64Array | undefined;
}

/** A cell whose paths are walked, in either scheme: what its market and its maker are made of. */
export interface WalkCell {
  readonly scheme: 'walk';
  readonly market: SimulatorParameters;
  readonly model: ModelParameters;
  readonly strategy: StrategySpec;
  readonly seed: number | string;
  readonly key: Key;
  readonly antithetic: boolean;
  readonly startLots: number;
  /** Inventory bound in lots; Infinity = none. */
  readonly limit: number;
  /** How far through the mid quotes are filled ever faster, price units, and Λ there: the ceiling of the orders' marks. */
  readonly throughMid: number;
  readonly ceiling: number;
  /** The quotes of a strategy that quotes by time and inventory; undefined where a policy is made on the worker. */
  readonly quotes: QuoteTable | undefined;
  /** The solved grid that a policy asked for. */
  readonly grid: SharedArrayBuffer | undefined;
  /** What drives the price of an asset of a portfolio; undefined where it has normals of its own. */
  readonly drivers: readonly PriceDriver[] | undefined;
}

/** Independent normals, and their share in those of a price: Σ weight² = 1 over its drivers. */
export interface PriceDriver {
  readonly key: Key;
  readonly weight: number;
}

/** A cell of several assets that are walked together. */
export interface PortfolioCell {
  readonly scheme: 'portfolio';
  /** One an asset; scheme, T, dt, latency and drawdown_dt are those of all. */
  readonly assets: readonly WalkCell[];
  /** The quotes of a strategy that quotes the assets together; undefined where each asset has a maker of its own. */
  readonly joint: JointQuoteTable | undefined;
}

/** A cell that is made ready where its blocks are computed, by its index in the plan. */
export interface RemoteCell {
  readonly scheme: 'remote';
  readonly index: number;
}

export type SimulatedCell = SteppedCell | EventCell | WalkCell | PortfolioCell | RemoteCell;

/** Main thread → worker: simulate paths firstPath … firstPath + paths − 1 into their slots of the cell's columns. */
export interface SimulateBlockRequest {
  readonly cell: SimulatedCell;
  readonly firstPath: number;
  readonly paths: number;
  readonly columns: SharedArrayBuffer;
}
