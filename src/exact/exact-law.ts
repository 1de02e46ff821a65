import type { ModelParameters, SimulatorParameters } from '../config/experiment.ts';
import type { Cell } from '../plan/plan.ts';
import { type HjbGrid, solveHjb } from '../solve/hjb-grid.ts';
import type { QuoteRule } from '../strategies/strategy.ts';
import { certaintyEquivalent } from './certainty-equivalent.ts';
import type { ExactEngine } from './engine.ts';
import { eventEngine } from './event-engine.ts';
import { FillReader } from './fill-reader.ts';
import { boundLots, createLattice } from './inventory-lattice.ts';
import { type InvertedLaw, invertTransform } from './invert-transform.ts';
import { requireMarkov } from './markov.ts';
import { type MomentFigures, momentFigures } from './moment-figures.ts';
import { Scalar, scalarAt } from './moment-state.ts';
import { NoExactLawError } from './no-exact-law-error.ts';
import { steppedEngine } from './stepped-engine.ts';

/**
 * What a strategy's PnL and inventory come to, without sampling. Names, units and signs are those of summary.csv; NaN
 * where a figure is not defined.
 */
export interface ExactLaw extends MomentFigures {
  readonly p05: number;
  readonly p50: number;
  readonly p95: number;
  /** Value at risk and conditional value at risk of the loss at 95 %. */
  readonly var95: number;
  readonly cvar95: number;
  readonly certainty_equivalent: number;
  /** √n times the standard error that an estimate of the certainty equivalent from n paths has. */
  readonly certainty_equivalent_deviation: number;
  /** Density of PnL at p05, p50 and p95; Infinity where the percentile is an atom. */
  readonly density: { readonly p05: number; readonly p50: number; readonly p95: number };
  /** Largest error to be expected of a percentile or CVaR. */
  readonly uncertainty: number;
  /** Why there are no percentiles; absent where there are. */
  readonly withoutPercentiles?: string;
  /** Largest inventory that was followed, units; probability that left it, 0 where it is the bound. */
  readonly reach: number;
  readonly lost: number;
  /** Terms of the cosine series that was inverted; 0 without one. */
  readonly terms: number;
}

/** Most inventories that are followed to either side of zero. */
const MOST_LOTS = 1500;
/** Probability of leaving the inventories that are followed. */
const MOST_LOST = 1e-14;

/**
 * The exact law of one cell of a plan: `plan.cells[i]`, or a planned scenario with one of its strategies. Moments by linear
 * differential equations of the inventory (event) or by recursion over the steps (stepped), to about 1e-9 relative;
 * percentiles and CVaR by inverting the characteristic function. Costs milliseconds to seconds.
 * @param solve solves a model's grid; a caller with many cells passes one that remembers
 * @throws NoExactLawError where quotes or market are not Markov in (t, q), or the inventory spreads too far;
 *   SolveError where the model has no solution in floating point
 */
export function exactLaw(
  cell: Pick<Cell, 'scenario' | 'strategy'>,
  solve: (model: ModelParameters) => HjbGrid = solveHjb,
): ExactLaw {
  const { rule, model } = requireMarkov(cell, solve);
  return exactLawOfRule(cell.scenario.simulator, model, rule, cell.strategy.name);
}

/** The same for any rule; `model` gives gamma, phi and running of terminal cost and certainty equivalent. */
export function exactLawOfRule(
  market: SimulatorParameters,
  model: ModelParameters,
  rule: QuoteRule,
  name = 'the rule',
): ExactLaw {
  const engine = engineOf(market, rule, name);
  const { lattice, state } = engine.moments;
  const moments = momentFigures(engine, model);
  const equivalent = certaintyEquivalent(engine, moments, model);
  return {
    ...moments,
    ...percentiles(engine, moments),
    certainty_equivalent: equivalent.value,
    certainty_equivalent_deviation: equivalent.deviation,
    reach: lattice.inventories[lattice.width - 1]!,
    lost: state[scalarAt(lattice.width, Scalar.lost)]!,
  };
}

/** Widens the lattice until what leaves it is negligible, or it is that of the inventory bound. */
export function engineOf(market: SimulatorParameters, rule: QuoteRule, name: string): ExactEngine {
  const create = market.scheme === 'event' ? eventEngine : steppedEngine;
  const start = Math.abs(Math.round(market.q0 / market.order_size));
  const most = boundLots(market);
  for (let reach = Math.min(start + 20, most); ; reach = Math.min(Math.ceil(1.5 * reach), most)) {
    if (reach > MOST_LOTS) {
      throw new NoExactLawError(
        name,
        `inventories beyond ${MOST_LOTS} lots have a probability above ${MOST_LOST}; bound them by simulator.Q_max`,
      );
    }
    const lattice = createLattice(market, reach);
    const engine = create(market, new FillReader(market, rule, lattice), MOST_LOST);
    if (engine !== undefined) return engine;
  }
}

type Percentiles = Pick<
  ExactLaw,
  'p05' | 'p50' | 'p95' | 'var95' | 'cvar95' | 'density' | 'uncertainty' | 'terms' | 'withoutPercentiles'
>;

function percentiles(engine: ExactEngine, { mean, std }: MomentFigures): Percentiles {
  const { sigma, midprice } = engine.market;
  if (std === 0) return figuresOf(certain(mean));
  if (midprice.type === 'binomial') return without('PnL of a binomial price has no density');
  if (sigma === 0) return without('without volatility PnL has no density');
  return figuresOf(invertTransform(engine, mean, std));
}

function figuresOf({ p05, p50, p95, cvar95, uncertainty, terms }: Omit<InvertedLaw, 'mean'>): Percentiles {
  return {
    p05: p05.value,
    p50: p50.value,
    p95: p95.value,
    var95: -p05.value,
    cvar95,
    density: { p05: p05.density, p50: p50.density, p95: p95.density },
    uncertainty,
    terms,
  };
}

/** The law of one value. */
function certain(value: number): Omit<InvertedLaw, 'mean'> {
  const atom = { value, density: Number.POSITIVE_INFINITY };
  return { p05: atom, p50: atom, p95: atom, cvar95: -value, uncertainty: 0, terms: 0 };
}

function without(reason: string): Percentiles {
  const none = { value: Number.NaN, density: Number.NaN };
  const figures = figuresOf({ p05: none, p50: none, p95: none, cvar95: Number.NaN, uncertainty: Number.NaN, terms: 0 });
  return { ...figures, withoutPercentiles: reason };
}
