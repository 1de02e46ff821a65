import type { z } from 'zod';
import { limitPolicy } from './quote-limits.ts';
import type { StrategyContext } from './strategy.ts';

/** Random numbers of a policy's own, a function of (seed, path) alone. */
export interface PolicyRandom {
  /** Uniform on (0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
}

/** A strategy whose quotes hang on more than time and inventory: the price, the path so far, chance. */
export interface PathPolicy {
  /** Begins a path: whatever the policy remembers is forgotten, and its random numbers are at their start. */
  start(): void;
  /**
   * Writes the distances of bid and ask from the mid S, price units, to out[0] and out[1]; +Infinity means no quote on that
   * side. Called in the order of time: at each step in the stepped scheme, at each market order in the event scheme.
   * @throws QuoteError for quotes that are no prices
   */
  quote(t: number, q: number, S: number, out: Float64Array): void;
}

/** A kind of strategy that walks along the path. */
export interface PolicyDefinition {
  readonly type: string;
  readonly summary: string;
  readonly params: z.ZodObject;
  /** True where it may read the solved grid, which is then made beforehand if the model bounds the inventory. */
  readonly usesGrid?: boolean;
  /** Parameters that name a file, relative to the experiment file. */
  readonly files?: readonly string[];
  /** Made once for each block of paths, on the thread that simulates it. */
  createPolicy(params: unknown, context: StrategyContext, random: PolicyRandom): PathPolicy | Promise<PathPolicy>;
}

/** Ties a parameter schema to the function that uses its values. */
export function definePolicy<P extends z.ZodObject>(definition: {
  readonly type: string;
  readonly summary: string;
  readonly params: P;
  readonly usesGrid?: boolean;
  readonly files?: readonly string[];
  readonly createPolicy: (
    params: z.output<P>,
    context: StrategyContext,
    random: PolicyRandom,
  ) => PathPolicy | Promise<PathPolicy>;
}): PolicyDefinition {
  return {
    ...definition,
    createPolicy: async (params, context, random) =>
      limitPolicy(await definition.createPolicy(definition.params.parse(params), context, random), context.limits),
  };
}
