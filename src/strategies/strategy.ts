import type { z } from 'zod';
import type { ModelParameters, SimulatorParameters } from '../config/experiment.ts';
import type { HjbGrid } from '../solve/hjb-grid.ts';

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
  readonly model: ModelParameters;
  /** The solved grid of `model`; solved at the first call, once for each distinct model of a run. */
  readonly grid: () => HjbGrid;
}

/** A kind of strategy: its name in a config, its parameters and its quotes. */
export interface StrategyDefinition {
  readonly type: string;
  /** One line for people: what it quotes. */
  readonly summary: string;
  readonly params: z.ZodObject;
  /** True where the rule reads the solved grid; absent otherwise. */
  readonly needsGrid?: boolean;
  /** Makes the rule from checked or unchecked parameters. Throws ZodError where they do not fit `params`. */
  createRule(params: unknown, context: StrategyContext): QuoteRule;
}

/** Ties a parameter schema to the function that uses its values, so that each strategy's parameters are typed. */
export function defineStrategy<P extends z.ZodObject>(definition: {
  readonly type: string;
  readonly summary: string;
  readonly params: P;
  readonly needsGrid?: boolean;
  readonly createRule: (params: z.output<P>, context: StrategyContext) => QuoteRule;
}): StrategyDefinition {
  return {
    ...definition,
    createRule: (params, context) => definition.createRule(definition.params.parse(params), context),
  };
}
