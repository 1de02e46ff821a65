import type { z } from 'zod';
import type { ModelParameters, QuoteLimits, SimulatorParameters, SourceFile } from '../config/experiment.ts';
import type { HjbGrid } from '../solve/hjb-grid.ts';
import { limitRule } from './quote-limits.ts';

/**
 * What a strategy quotes where its quotes depend on time and inventory only. Distances from the mid, price units:
 * the bid is S − bid, the ask S + ask; +Infinity means no quote on that side.
 */
export interface QuoteRule {
  /** False where every row is the same, so that one row serves all times. */
  readonly timeDependent: boolean;
  /** Fills bid[j] and ask[j] for inventories[j] at time t. The inventory bound is the simulator's business. */
  fillRow(t: number, inventories: Float64Array, bid: Float64Array, ask: Float64Array): void;
}

/** What a strategy may ask for when it is made. */
export interface StrategyContext {
  readonly simulator: SimulatorParameters;
  /** What the strategy believes (`beliefOf`). */
  readonly model: ModelParameters;
  /** Limits of whatever it quotes; absent = none. */
  readonly limits?: QuoteLimits | undefined;
  /** The solved grid of `model`; solved at the first call, once for each distinct model of a run. */
  readonly grid: () => HjbGrid;
  /** The module that the strategy is made of, where its type names one. */
  readonly source?: SourceFile | undefined;
}

/** A kind of strategy: its name in a config, its parameters and its quotes. */
export interface StrategyDefinition {
  readonly type: string;
  /** One line for people: what it quotes. */
  readonly summary: string;
  readonly params: z.ZodObject;
  /** True where the rule reads the solved grid; absent otherwise. */
  readonly needsGrid?: boolean;
  /** Parameters that name a file, relative to the experiment file. */
  readonly files?: readonly string[];
  /**
   * The model whose objective it pursues, made from the configured one, where its parameters change that; absent where it
   * takes the model as it is. `createRule` is given this model.
   */
  believes?(params: unknown, model: ModelParameters): ModelParameters;
  /** Makes the rule from checked or unchecked parameters. Throws ZodError where they do not fit `params`. */
  createRule(params: unknown, context: StrategyContext): QuoteRule;
}

/** Ties a parameter schema to the function that uses its values, so that each strategy's parameters are typed. */
export function defineStrategy<P extends z.ZodObject>(definition: {
  readonly type: string;
  readonly summary: string;
  readonly params: P;
  readonly needsGrid?: boolean;
  readonly files?: readonly string[];
  readonly believes?: (params: z.output<P>, model: ModelParameters) => ModelParameters;
  readonly createRule: (params: z.output<P>, context: StrategyContext) => QuoteRule;
}): StrategyDefinition {
  const { type, summary, params: schema, needsGrid = false, files = [], believes, createRule } = definition;
  return {
    type,
    summary,
    params: schema,
    needsGrid,
    files,
    believes: (params, model) => believes?.(schema.parse(params), model) ?? model,
    createRule: (params, context) => limitRule(createRule(schema.parse(params), context), context.limits),
  };
}
