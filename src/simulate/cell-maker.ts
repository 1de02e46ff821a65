import type { Cell } from '../plan/plan.ts';
import type { HjbGrid } from '../solve/hjb-grid.ts';
import type { BoundShares } from '../solve/quote-bounds.ts';
import { beliefOf } from '../strategies/belief.ts';
import { policyOf, strategies } from '../strategies/index.ts';
import type { QuoteRule } from '../strategies/strategy.ts';
import type { GridCache } from './grid-cache.ts';

/** What makes the quotes of one asset. */
export interface CellMaker {
  /** Undefined where a policy is made on the thread that walks. */
  readonly rule: QuoteRule | undefined;
  /** The grid that such a policy may ask for; undefined where it has no use for it. */
  readonly grid: HjbGrid | undefined;
  /** Shares of the solved grid where a quote bound binds; undefined where no grid was asked for. */
  readonly bounds: () => BoundShares | undefined;
}

/** The maker of a cell without a portfolio. Throws SolveError where the model has no solution in floating point. */
export function makerOf({ scenario, strategy }: Pick<Cell, 'scenario' | 'strategy'>, grids: GridCache): CellMaker {
  const model = beliefOf({ scenario, strategy });
  let bounds: BoundShares | undefined;
  const grid = (): HjbGrid => {
    const solved = grids.solve(model);
    bounds = solved.bounds;
    return solved.grid;
  };
  const policy = policyOf(strategy.type);
  if (policy !== undefined) {
    const wanted = policy.usesGrid === true && model.Q_max !== null;
    return { rule: undefined, grid: wanted ? grid() : undefined, bounds: () => undefined };
  }
  const definition = strategies.find(({ type }) => type === strategy.type);
  if (definition === undefined) throw new Error(`no strategy of type ${strategy.type}`);
  const { limits, source } = strategy;
  const rule = definition.createRule(strategy.params, { simulator: scenario.simulator, model, limits, grid, source });
  return { rule, grid: undefined, bounds: () => bounds };
}
