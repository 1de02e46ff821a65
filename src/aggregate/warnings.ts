import type { BoundShares } from '../solve/quote-bounds.ts';

/** Something that a reader of the report should know before trusting or using it; the text is report/warning-text.ts. */
export type Warning =
  | {
      readonly kind: 'quote_bounds_bind';
      readonly scenario: number;
      readonly strategy: string;
      /** Of a portfolio. */
      readonly asset?: string;
      readonly shares: BoundShares;
      readonly deltaMin: number | null;
      readonly deltaMax: number | null;
      /** (1/γ) ln(1 + γ/k): the half spread that the model would choose at zero inventory pressure. */
      readonly myopicHalfSpread: number;
    }
  | {
      readonly kind: 'coarse_time_step';
      readonly scenario: number;
      readonly strategy: string;
      /** The largest λ dt of the strategy's quotes over the inventories that paths usually reach. */
      readonly intensityStep: number;
      readonly fill: 'poisson' | 'linear';
      readonly dt: number;
    }
  | {
      readonly kind: 'time_step_adjusted';
      readonly scenario: number;
      readonly configured: number;
      readonly used: number;
    }
  | {
      readonly kind: 'identical_strategies';
      readonly scenario: number;
      readonly strategy: string;
      readonly baseline: string;
    }
  | {
      readonly kind: 'certainty_equivalent_unreliable';
      readonly scenario: number;
      readonly strategy: string;
      /** Paths' worth of information that its exponential average rests on (Kish's effective sample size). */
      readonly effectivePaths: number;
      readonly paths: number;
    }
  | {
      readonly kind: 'quotes_through_mid';
      readonly scenario: number;
      readonly strategy: string;
      /** Quotes that market orders met further through the mid than simulator.through_mid. */
      readonly quotes: number;
    }
  | {
      readonly kind: 'precision_not_reached';
      readonly scenario: number;
      /** The estimate that is furthest from the target: a strategy, or `later − earlier`. */
      readonly strategy: string;
      readonly metric: 'mean' | 'difference';
      /** The target, of one kind; none of both where rankings were to be settled. */
      readonly se?: number | undefined;
      readonly rel?: number | undefined;
      readonly value: number;
      /** Its standard error. */
      readonly reached: number;
      readonly paths: number;
      /** Estimates without the precision, of so many. */
      readonly unmet: number;
      readonly estimates: number;
    }
  | { readonly kind: 'few_paths'; readonly scenario: number; readonly paths: number };
