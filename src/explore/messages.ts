/** What the explore page's script and its workers say to each other. */
import type { MomentFigures } from '../exact/moment-figures.ts';
import type { BoundShares } from '../solve/quote-bounds.ts';
import type { ExploreParameters } from './parameters.ts';

export const STRATEGIES = ['hjb', 'constant'] as const;
export type ExploreStrategy = (typeof STRATEGIES)[number];

/** From the page to the worker of one strategy. */
export interface ExploreRequest {
  readonly parameters: ExploreParameters;
  readonly strategy: ExploreStrategy;
}

/** Optimal distances at the nodes of the quote grid; +Infinity where the bound leaves no quote. */
export interface Quotes {
  /** n + 1 times 0 … T. */
  readonly times: Float64Array;
  /** m inventories −Q … Q, units. */
  readonly inventories: Float64Array;
  /** (n + 1) x m, row i at times[i], price units. */
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  /** θ(0, 0) of the HJB equation. */
  readonly theta: number;
  readonly bounds: BoundShares;
}

export interface Moments {
  /** Figures that follow from moments, with the certainty equivalent; names and units as in summary.csv. */
  readonly figures: MomentFigures & { readonly certainty_equivalent: number };
  /** The law of q_T: inventories in units, and their probabilities. */
  readonly inventories: Float64Array;
  readonly probabilities: Float64Array;
}

export interface Law {
  readonly figures: Readonly<Record<'p05' | 'p50' | 'p95' | 'cvar95', number>>;
  /** Largest error to be expected of these figures, price units × units. */
  readonly uncertainty: number;
  /** PnL at T, ascending, and its density there; empty where there is none. */
  readonly x: readonly number[];
  readonly density: readonly number[];
  /** Probability of single values of PnL, such as 0 where nothing fills, which the density leaves out. */
  readonly atoms: number;
}

/** From the worker, one after the other as each is ready; `done` or `failed` ends them. */
export type ExploreResult =
  | { readonly kind: 'quotes'; readonly quotes: Quotes }
  | { readonly kind: 'distance'; readonly distance: number }
  | { readonly kind: 'moments'; readonly moments: Moments }
  | { readonly kind: 'law'; readonly law: Law }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly message: string };
