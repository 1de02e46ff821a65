import type { ModelParameters, SimulatorParameters } from '../config/experiment.ts';
import type { Cell } from '../plan/plan.ts';
import { type HjbGrid, solveHjb } from '../solve/hjb-grid.ts';
import { beliefOf } from '../strategies/belief.ts';
import { strategies } from '../strategies/index.ts';
import type { QuoteRule } from '../strategies/strategy.ts';
import { NoExactLawError } from './no-exact-law-error.ts';

export interface MarkovCell {
  readonly rule: QuoteRule;
  readonly model: ModelParameters;
}

/**
 * The rule of a cell whose inventory is a Markov chain by itself: quotes of (t, q), Poisson market orders of exponential
 * depth, a midprice of independent increments.
 * @throws NoExactLawError naming what is not so
 */
export function requireMarkov(
  { scenario, strategy }: Pick<Cell, 'scenario' | 'strategy'>,
  solve: (model: ModelParameters) => HjbGrid = solveHjb,
): MarkovCell {
  const { simulator, portfolio } = scenario;
  const definition = strategies.find(({ type }) => type === strategy.type);
  const reason =
    definition === undefined
      ? `quotes of ${strategy.type} hang on more than time and inventory`
      : portfolio !== undefined
        ? 'there are several assets; it takes one'
        : reasonAgainst(simulator);
  if (definition === undefined || reason !== undefined) throw new NoExactLawError(strategy.name, reason ?? '');
  const model = beliefOf({ scenario, strategy });
  const { params, limits, source } = strategy;
  const rule = definition.createRule(params, { simulator, model, limits, source, grid: () => solve(model) });
  return { rule, model };
}

function reasonAgainst({ midprice, arrivals, depth, tick, latency, scheme }: SimulatorParameters): string | undefined {
  const isRandomWalk = midprice.type === 'brownian' || (midprice.type === 'binomial' && scheme === 'stepped');
  if (!isRandomWalk) return `the midprice is ${midprice.type}; it takes brownian (or binomial, for moments only)`;
  if (arrivals.type !== 'poisson') return `market orders arrive as ${arrivals.type}; it takes poisson`;
  if (depth.type !== 'exponential') return `market orders reach depths of ${depth.type}; it takes exponential`;
  if (tick !== null) return 'quotes stand on ticks of the price, so that they hang on it';
  if (latency > 0) return 'quotes take effect later, at another state';
  return undefined;
}
