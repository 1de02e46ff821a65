import type { z } from 'zod';
import type { ModelParameters, Portfolio, QuoteLimits } from '../config/experiment.ts';
import type { JointHjbGrid } from '../solve/joint/joint-hjb.ts';
import type { JointQuotes } from '../solve/joint/joint-quotes.ts';

/** Quotes of a maker of two assets by time and both inventories. */
export interface JointRule {
  /** Lots on either side of zero of either asset. */
  readonly reaches: readonly [number, number];
  /** Writes the distances at time t over the lattice: m1 m2 of each side, m = 2·reach + 1, at i1 m2 + i2. */
  fillLattice(t: number, out: JointQuotes): void;
}

/** What a strategy of several assets may ask for when it is made. */
export interface JointContext {
  readonly portfolio: Portfolio;
  /** What the strategy believes of each asset; gamma and T are those of the scenario's model (`beliefOf`). */
  readonly models: readonly ModelParameters[];
  readonly limits?: QuoteLimits | undefined;
  /** Solves a joint grid, once for each distinct problem of a run. */
  readonly solve: (models: readonly [ModelParameters, ModelParameters], correlation: number) => JointHjbGrid;
}

/** A kind of strategy that quotes two assets together. */
export interface JointDefinition {
  readonly type: string;
  readonly summary: string;
  readonly params: z.ZodObject;
  readonly needsGrid: true;
  readonly assets: 2;
  /** Throws ZodError where the parameters do not fit, RangeError where the portfolio does not. */
  createRule(params: unknown, context: JointContext): JointRule;
}
