/** What the page's script reads; a figure that is not defined is NaN, which JSON writes as null. */
import type { Figures } from '../plots/statistics-rows.ts';

/** A strategy as every chart of the page shows it. */
export interface PageStrategy {
  readonly name: string;
  readonly colour: string;
  /** A symbol of Vega, so that colours are not all that tells strategies apart. */
  readonly shape: string;
}

/** One swept path. */
export interface PageAxis {
  readonly path: string;
  /** Its distinct values in the order of a slider: numbers ascending, others as they come. */
  readonly values: readonly string[];
  readonly continuous: boolean;
  readonly logarithmic: boolean;
}

/** A strategy's figures in one scenario. */
export interface PageCell {
  /** Index into the page's strategies. */
  readonly strategy: number;
  readonly figures: Figures;
}

/** Paired difference `strategy − baseline` of mean PnL, by index, with its 95 % interval. */
export interface PagePair {
  readonly strategy: number;
  readonly baseline: number;
  readonly difference: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  readonly clear: boolean;
}

/** Densities of terminal PnL over common bins, and those known without sampling. */
export interface PageHistogram {
  readonly edges: readonly number[];
  readonly samples: readonly {
    readonly strategy: number;
    readonly paths: number;
    readonly density: readonly number[];
  }[];
  readonly exact: readonly {
    readonly strategy: number;
    readonly x: readonly number[];
    readonly density: readonly number[];
  }[];
}

export interface PageScenario {
  readonly index: number;
  /** For each axis the index of its value. */
  readonly point: readonly number[];
  /** Those that did not fail. */
  readonly cells: readonly PageCell[];
  readonly pairs: readonly PagePair[];
  readonly histogram?: PageHistogram | undefined;
}

/** Lines with bands: an estimate, or a quantity's mean over paths. */
export interface PageBand {
  readonly strategy: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** A path that was recorded whole: its entries, prices NaN where there is no quote, and its fills. */
export interface PagePath {
  readonly strategy: number;
  readonly path: number;
  readonly t: readonly number[];
  readonly mid: readonly number[];
  readonly bid: readonly number[];
  readonly ask: readonly number[];
  readonly inventory: readonly number[];
  readonly pnl: readonly number[];
  readonly fills: readonly { readonly time: number; readonly price: number; readonly isBid: boolean }[];
}

export interface PageData {
  readonly strategies: readonly PageStrategy[];
  readonly axes: readonly PageAxis[];
  /** True where the scenarios are (nearly) all combinations of the axes' values, so that each axis has a slider of its own. */
  readonly isGrid: boolean;
  readonly scenarios: readonly PageScenario[];
  /** Bands over numbers of paths or time; empty where the run did not write what they are made of. */
  readonly convergence: readonly PageBand[];
  readonly pnlOverTime: readonly PageBand[];
  readonly inventoryOverTime: readonly PageBand[];
  /** Recorded paths, of a backtest. */
  readonly paths: readonly PagePath[];
}
