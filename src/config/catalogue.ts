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
  /** True for a strategy that reads the solved HJB grid, which needs a bound of the inventory. */
  readonly needsGrid?: boolean;
}

/** What a config can name. It is passed in, because the folders that define it come later on the road. */
export interface Catalogue {
  readonly strategies: readonly CatalogueEntry[];
  /** Holds `brownian`, the default. */
  readonly midprices: readonly CatalogueEntry[];
  /** The first is the default. */
  readonly schemes: readonly Scheme[];
}
