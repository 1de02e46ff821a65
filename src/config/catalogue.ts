import type { z } from 'zod';
import type { Scheme } from './experiment.ts';

/** One thing that a config can name by `type`. */
export interface CatalogueEntry {
  readonly type: string;
  /** One line for people. */
  readonly summary: string;
  /**
   * A strict object of the type's own keys, each described with its unit; `type` and `name` are not among them.
   * The message of a custom check continues the words "expected …".
   */
  readonly params: z.ZodObject;
  /** The simulation schemes that a midprice works with; all of them where it is absent. */
  readonly schemes?: readonly Scheme[];
  /** True for a midprice whose path is driven by normals that can be correlated with those of other assets. */
  readonly correlates?: boolean;
  /** The number of assets that a strategy quotes together; absent where it quotes asset by asset. */
  readonly assets?: number;
  /** True for a strategy that reads the solved HJB grid, which needs a bound of the inventory. */
  readonly needsGrid?: boolean;
  /** True where it can be simulated only by walking along the price path, market order by market order. */
  readonly pathwise?: boolean;
  /** Parameters that name a file, relative to the experiment file. */
  readonly files?: readonly string[];
  /** Of a midprice: the steps of its own on a path, beside those of the scheme; absent = none. Throws ZodError as `params` does. */
  readonly ownSteps?: (params: unknown, market: { readonly T: number; readonly dt: number }) => OwnSteps;
  /** True for arrivals whose rate is random, which leaves `fill: linear` without a meaning. */
  readonly randomRate?: boolean;
}

/** How many steps a path takes, what they are in the plural, and the parameter that decides it. */
export interface OwnSteps {
  readonly count: number;
  readonly what: string;
  readonly key: string;
}

/** What a config can name. It is passed in, because the folders that define it come later on the road. */
export interface Catalogue {
  readonly strategies: readonly CatalogueEntry[];
  /** Holds `brownian`, the default. */
  readonly midprices: readonly CatalogueEntry[];
  /** The first is the default, as with depths. */
  readonly arrivals: readonly CatalogueEntry[];
  readonly depths: readonly CatalogueEntry[];
  /** The first is the default. */
  readonly schemes: readonly Scheme[];
  /** The columns of summary.csv that thresholds and choices may name, without those that `risk` adds. */
  readonly metrics: readonly string[];
}
