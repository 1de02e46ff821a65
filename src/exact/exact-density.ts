import type { ModelParameters } from '../config/experiment.ts';
import type { Cell } from '../plan/plan.ts';
import { type HjbGrid, solveHjb } from '../solve/hjb-grid.ts';
import { engineOf } from './exact-law.ts';
import { invertDensity } from './invert-transform.ts';
import { requireMarkov } from './markov.ts';
import { momentFigures } from './moment-figures.ts';
import { NoExactLawError } from './no-exact-law-error.ts';
import type { SamplingOptions } from './sample-transform.ts';

export interface ExactDensity {
  /** PnL at T, ascending, price units × units. */
  readonly x: readonly number[];
  /** Density there of the part of the law that has one, 1 / (price units × units). */
  readonly density: readonly number[];
  /** Probability of the values that have one of their own, such as 0 where nothing fills. */
  readonly atoms: number;
}

interface DensityOptions {
  readonly points?: number;
  readonly reach?: number;
  /** Solves a model's grid; a caller with many cells passes one that remembers. */
  readonly solve?: (model: ModelParameters) => HjbGrid;
  readonly sampling?: SamplingOptions;
}

/**
 * The density of a cell's PnL at T without sampling, at equally spaced points around the mean (COS method).
 * @param points how many
 * @param reach standard deviations on either side of the mean
 * @param sampling how finely; by default as finely as doubles allow
 * @throws NoExactLawError where the law is not known without sampling or has no density, SolveError as `exactLaw`
 */
export function exactDensity(
  cell: Pick<Cell, 'scenario' | 'strategy'>,
  { points = 181, reach = 4.5, solve = solveHjb, sampling = {} }: DensityOptions = {},
): ExactDensity {
  const { rule, model } = requireMarkov(cell, solve);
  const market = cell.scenario.simulator;
  const { name } = cell.strategy;
  const engine = engineOf(market, rule, name);
  const { mean, std } = momentFigures(engine, model);
  if (std === 0 || market.sigma === 0 || market.midprice.type === 'binomial') {
    throw new NoExactLawError(name, 'PnL has no density');
  }
  const densityAt = invertDensity(engine, mean, std, sampling);
  const x = Array.from({ length: points }, (_, i) => mean + reach * std * ((2 * i) / (points - 1) - 1));
  return {
    x,
    density: x.map(densityAt),
    atoms: engine.atoms.reduce((sum, { probability }) => sum + probability, 0),
  };
}
