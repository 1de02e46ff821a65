import type { z } from 'zod';
import type { SimulatorParameters } from '../../config/experiment.ts';

/**
 * Λ(δ): the share of market orders that reach a quote at distance δ from the mid, price units, never growing in δ. Above
 * 1 it stands for orders that come on top because the quote is better than the mid.
 */
export type Reach = (distance: number) => number;

/** A law of how deep market orders reach: fills come with intensity (order rate)·Λ(δ). */
export interface DepthDefinition {
  readonly type: string;
  readonly summary: string;
  readonly params: z.ZodObject;
  /** True for all but the one that the tabulated kernels know. */
  readonly pathwise?: boolean;
  createReach(params: unknown, market: SimulatorParameters): Reach;
  /** True where Λ grows beyond 1 for quotes through the mid, so that the simulation must bound how far they go. */
  readonly growsThroughMid: boolean;
}

/** Ties a parameter schema to the function that uses its values. */
export function defineDepth<P extends z.ZodObject>(definition: {
  readonly type: string;
  readonly summary: string;
  readonly params: P;
  readonly pathwise?: boolean;
  readonly createReach: (params: z.output<P>, market: SimulatorParameters) => Reach;
  readonly growsThroughMid: boolean;
}): DepthDefinition {
  return {
    ...definition,
    createReach: (params, market) => definition.createReach(definition.params.parse(params), market),
  };
}
