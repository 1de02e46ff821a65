import type { StatisticsMode } from '../config/experiment.ts';
import type { Cell, PlannedScenario, RunPlan } from '../plan/plan.ts';
import type { ChunkOutcome } from '../simulate/simulate-cells.ts';
import { beliefOf } from '../strategies/belief.ts';
import { cellWarnings, scenarioWarnings } from './find-warnings.ts';
import { ScenarioAccumulator, type StrategyComparison } from './scenario-accumulator.ts';
import type { CellFacts, Summary } from './summary.ts';
import type { Warning } from './warnings.ts';

/** One cell's row of the report. */
export type StrategyResult =
  | { readonly state: 'done'; readonly strategy: string; readonly summary: Summary }
  | { readonly state: 'failed'; readonly strategy: string; readonly message: string };

export interface ScenarioResult {
  readonly scenario: PlannedScenario;
  /** Where the order statistics come from. */
  readonly statistics: StatisticsMode;
  readonly strategies: readonly StrategyResult[];
  readonly comparisons: readonly StrategyComparison[];
}

/** The numbers of a run. */
export interface RunResult {
  readonly plan: RunPlan;
  readonly scenarios: readonly ScenarioResult[];
  readonly warnings: readonly Warning[];
}

/** What a cell's figures need to know beside its paths. */
export function cellFacts(cell: Pick<Cell, 'scenario' | 'strategy'>): CellFacts {
  const { simulator, variance_reduction } = cell.scenario;
  const model = beliefOf(cell);
  return {
    orderSize: simulator.order_size,
    gamma: model.gamma,
    phi: model.phi,
    running: model.running,
    varianceReduction: variance_reduction,
  };
}

/** Turns outcomes, given in the order of simulateCells, into results; memory is that of the chunks of one scenario. */
export class ResultCollector {
  readonly #plan: RunPlan;
  readonly #scenarios: ScenarioResult[] = [];
  readonly #warnings: Warning[] = [];
  #scenario: ScenarioAccumulator | undefined;
  #rows: StrategyResult[] = [];

  constructor(plan: RunPlan) {
    this.#plan = plan;
  }

  /** Adds the next chunk's outcome, and releases it when it is no longer needed. */
  add(outcome: ChunkOutcome): void {
    const { cell, statistics } = outcome;
    const { scenario, strategy } = cell;
    this.#scenario ??= new ScenarioAccumulator(scenario);
    const finished = this.#scenario.add(outcome, cellFacts(cell));
    if (finished === undefined) return;
    this.#rows.push({ ...finished, strategy: strategy.name });
    if (finished.state === 'done' && outcome.state === 'done') {
      this.#warnings.push(...cellWarnings(cell, outcome.diagnostics, finished.summary));
    }
    if (this.#rows.length < scenario.strategies.length) return;
    const comparisons = this.#scenario.comparisons();
    this.#warnings.push(...scenarioWarnings(scenario, comparisons));
    this.#scenarios.push({ scenario, statistics, strategies: this.#rows, comparisons });
    this.#scenario = undefined;
    this.#rows = [];
  }

  result(): RunResult {
    return { plan: this.#plan, scenarios: this.#scenarios, warnings: this.#warnings };
  }
}
