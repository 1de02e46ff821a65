import { cellFacts } from '../../src/aggregate/cell-facts.ts';
import { type CellFacts, type Summary, summarise } from '../../src/aggregate/summary.ts';
import type {
  ModelParameters,
  Scenario,
  SimulatorParameters,
  StrategySpec,
  VarianceReduction,
} from '../../src/config/experiment.ts';
import type { Cell } from '../../src/plan/plan.ts';
import { createInlineExecutor } from '../../src/simulate/executors/inline.ts';
import type { PathColumns } from '../../src/simulate/path-columns.ts';
import { simulateCells } from '../../src/simulate/simulate-cells.ts';

export const market: SimulatorParameters = {
  sigma: 2,
  mu: 0,
  S0: 100,
  A: 140,
  k: 1.5,
  T: 1,
  dt: 0.005,
  Q_max: 10,
  order_size: 1,
  q0: 0,
  maker_fee: 0,
  impact: 0,
  midprice: { type: 'brownian', params: {} },
  arrivals: { type: 'poisson', params: {} },
  depth: { type: 'exponential', params: {} },
  tick: null,
  latency: 0,
  through_mid: null,
  scheme: 'stepped',
  fill: 'poisson',
  drawdown_dt: null,
};

export function modelOf(simulator: SimulatorParameters, wishes: Partial<ModelParameters> = {}): ModelParameters {
  const { sigma, mu, A, k, T, Q_max, order_size, maker_fee, impact } = simulator;
  const beliefs = { sigma, mu, A, k, T, Q_max: Q_max ?? 50, order_size, maker_fee, impact };
  return { ...beliefs, gamma: 0.1, phi: 0, running: 0, dt: 0.01, delta_min: null, delta_max: null, ...wishes };
}

export function strategy(type: string, params: Record<string, unknown> = {}): StrategySpec {
  return { type, name: type, params };
}

/** Simulates one strategy on the calling thread; throws the cell's error. */
export async function simulate(
  simulator: SimulatorParameters,
  model: ModelParameters,
  spec: StrategySpec,
  paths: number,
  seed: number | string = 42,
  variance_reduction: VarianceReduction = 'none',
  pathwise = false,
): Promise<{ readonly columns: PathColumns; readonly summary: Summary; readonly facts: CellFacts }> {
  const choices = { variance_reduction, statistics: 'exact', pathwise } as const;
  const scenario: Scenario = { simulator, model, strategies: [spec], paths, seed, ...choices };
  const cell: Cell = { index: 0, scenario: { ...scenario, index: 0, point: {} }, strategy: spec };
  const facts = cellFacts(cell);
  let columns: PathColumns | undefined;
  await simulateCells([cell], createInlineExecutor(), {
    onChunk(outcome) {
      if (outcome.state === 'failed') throw outcome.error;
      columns = outcome.columns;
    },
  });
  if (columns === undefined) throw new Error('the cell was not delivered');
  return { columns, summary: summarise(columns, facts), facts };
}
