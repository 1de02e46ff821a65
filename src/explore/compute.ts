import { certaintyEquivalent } from '../exact/certainty-equivalent.ts';
import type { ExactEngine } from '../exact/engine.ts';
import { engineOf } from '../exact/exact-law.ts';
import { invertDensity, invertTransform } from '../exact/invert-transform.ts';
import { type MomentFigures, momentFigures } from '../exact/moment-figures.ts';
import { clampToBounds, optimalMyopicHalfSpread } from '../solve/closed-forms.ts';
import { type HjbGrid, solveHjb } from '../solve/hjb-grid.ts';
import { boundShares } from '../solve/quote-bounds.ts';
import { quotesFromTheta } from '../solve/quotes.ts';
import { gridRule } from '../strategies/grid-rule.ts';
import type { QuoteRule } from '../strategies/strategy.ts';
import { marketOf } from './market.ts';
import type { ExploreRequest, ExploreResult, Law, Quotes } from './messages.ts';
import { rememberingEngine } from './remembering-engine.ts';

/** Points of a density, and standard deviations that they reach on either side of the mean. */
const POINTS = 181;
const REACH = 4.5;

/**
 * The quotes of a strategy and the exact law of its PnL and inventory in continuous time, the quick parts first. The
 * figures are those of `exactLaw` for the config that `configYaml` writes, to the bit.
 * @throws SolveError, NoExactLawError or RangeError where a part cannot be computed; what came before holds
 */
export function* explore({ parameters, strategy }: ExploreRequest): Generator<ExploreResult> {
  const { simulator, model } = marketOf(parameters);
  let rule: QuoteRule;
  if (strategy === 'hjb') {
    const grid = solveHjb(model);
    yield { kind: 'quotes', quotes: quotesOf(grid) };
    rule = gridRule(grid);
  } else {
    const distance = clampToBounds(model, optimalMyopicHalfSpread(model));
    yield { kind: 'distance', distance };
    rule = constantRule(distance);
  }
  const engine = rememberingEngine(engineOf(simulator, rule, strategy));
  const figures = momentFigures(engine, model);
  const { lattice, state } = engine.moments;
  yield {
    kind: 'moments',
    moments: {
      figures: { ...figures, certainty_equivalent: certaintyEquivalent(engine, figures, model).value },
      inventories: lattice.inventories,
      probabilities: state.slice(0, lattice.width),
    },
  };
  yield { kind: 'law', law: lawOf(engine, figures) };
  yield { kind: 'done' };
}

function quotesOf(grid: HjbGrid): Quotes {
  const { times, inventories, theta, model } = grid;
  const points = inventories.length;
  const [bid, ask] = [new Float64Array(theta.length), new Float64Array(theta.length)];
  for (let from = 0; from < theta.length; from += points) {
    const row = (values: Float64Array): Float64Array => values.subarray(from, from + points);
    quotesFromTheta(model, row(theta), row(bid), row(ask));
  }
  return {
    times: times.slice(),
    inventories: inventories.slice(),
    bid,
    ask,
    theta: theta[points >> 1]!,
    bounds: boundShares(grid),
  };
}

function constantRule(distance: number): QuoteRule {
  return {
    timeDependent: false,
    fillRow(_t, _inventories, bid, ask) {
      bid.fill(distance);
      ask.fill(distance);
    },
  };
}

function lawOf(engine: ExactEngine, { mean, std }: MomentFigures): Law {
  const atoms = engine.atoms.reduce((sum, { probability }) => sum + probability, 0);
  if (std === 0) {
    const figures = { p05: mean, p50: mean, p95: mean, cvar95: -mean };
    return { figures, uncertainty: 0, x: [], density: [], atoms: 1 };
  }
  const { p05, p50, p95, cvar95, uncertainty } = invertTransform(engine, mean, std);
  const densityAt = invertDensity(engine, mean, std);
  const x = Array.from({ length: POINTS }, (_, i) => mean + REACH * std * ((2 * i) / (POINTS - 1) - 1));
  return {
    figures: { p05: p05.value, p50: p50.value, p95: p95.value, cvar95 },
    uncertainty,
    x,
    density: x.map(densityAt),
    atoms,
  };
}
