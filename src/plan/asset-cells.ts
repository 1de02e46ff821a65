import type { Cell, RunPlan } from './plan.ts';

/** A strategy in a scenario: what a cell is made of. */
export type StrategyCell = Pick<Cell, 'scenario' | 'strategy'>;

/**
 * The cell of each asset of a portfolio as if it were alone: its market, its model and what the strategy believes of it. The cell
 * itself without a portfolio.
 */
export function assetCells<C extends StrategyCell>(cell: C): readonly C[] {
  const { scenario, strategy } = cell;
  const { portfolio, ...common } = scenario;
  if (portfolio === undefined) return [cell];
  const { assetModels, ...spec } = strategy;
  return portfolio.assets.map(({ simulator, model }, i) => {
    const own = assetModels?.[i];
    return {
      ...cell,
      scenario: { ...common, simulator, model },
      strategy: own === undefined ? spec : { ...spec, model: own },
    };
  });
}

/** Names of the assets of all portfolios of a run, in the order in which they first come. */
export function assetNames({ scenarios }: Pick<RunPlan, 'scenarios'>): string[] {
  return [...new Set(scenarios.flatMap(({ portfolio }) => portfolio?.assets.map(({ name }) => name) ?? []))];
}
