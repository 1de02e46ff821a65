import type { Cell, PlannedScenario, RunPlan } from '../plan/plan.ts';
import type { PathColumns } from '../simulate/path-columns.ts';
import type { CellOutcome } from '../simulate/simulate-cells.ts';
import { type Comparison, compare } from './comparison.ts';
import { cellWarnings, scenarioWarnings } from './find-warnings.ts';
import { meanSamples } from './mean-samples.ts';
import { type CellFacts, type Summary, summarise } from './summary.ts';
import type { Warning } from './warnings.ts';

/** One cell's row of the report. */
export type StrategyResult =
  | { readonly state: 'done'; readonly strategy: string; readonly summary: Summary }
  | { readonly state: 'failed'; readonly strategy: string; readonly message: string };

/** `strategy` against `baseline`, an earlier one of the config, on the same paths. */
export interface StrategyComparison extends Comparison {
  readonly strategy: string;
  readonly baseline: string;
}

export interface ScenarioResult {
  readonly scenario: PlannedScenario;
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
export function cellFacts({ simulator, model, variance_reduction }: PlannedScenario): CellFacts {
  return {
    orderSize: simulator.order_size,
    gamma: model.gamma,
    phi: model.phi,
    running: model.running,
    varianceReduction: variance_reduction,
  };
}

/** A finished cell of the scenario under way, its paths still at hand for the comparisons. */
interface FinishedCell {
  readonly strategy: string;
  readonly columns: PathColumns;
  readonly release: () => void;
}

/**
 * Turns outcomes, given in cell order, into results. A scenario's paths are let go as soon as its last cell is in, so
 * that a sweep's memory is that of a scenario or two.
 */
export class ResultCollector {
  readonly #plan: RunPlan;
  readonly #scenarios: ScenarioResult[] = [];
  readonly #warnings: Warning[] = [];
  #rows: StrategyResult[] = [];
  #finished: FinishedCell[] = [];

  constructor(plan: RunPlan) {
    this.#plan = plan;
  }

  /** Adds the next cell's outcome; returns its row. */
  add(outcome: CellOutcome): StrategyResult {
    const { cell } = outcome;
    const row = this.#rowOf(outcome);
    this.#rows.push(row);
    if (this.#rows.length === cell.scenario.strategies.length) this.#closeScenario(cell);
    return row;
  }

  result(): RunResult {
    return { plan: this.#plan, scenarios: this.#scenarios, warnings: this.#warnings };
  }

  #rowOf(outcome: CellOutcome): StrategyResult {
    const { cell } = outcome;
    const strategy = cell.strategy.name;
    if (outcome.state === 'failed') return { state: 'failed', strategy, message: outcome.error.message };
    const { columns, diagnostics } = outcome;
    try {
      const summary = summarise(columns, cellFacts(cell.scenario));
      this.#warnings.push(...cellWarnings(cell, diagnostics, summary));
      // Last, since what is finished must not be released as failed too.
      this.#finished.push({ strategy, columns, release: outcome.release });
      return { state: 'done', strategy, summary };
    } catch (error) {
      // Paths that are not numbers: they must not cost the other cells.
      outcome.release();
      return { state: 'failed', strategy, message: error instanceof Error ? error.message : String(error) };
    }
  }

  #closeScenario({ scenario }: Cell): void {
    const finished = this.#finished.map((cell) => ({
      ...cell,
      samples: meanSamples(cell.columns, scenario.variance_reduction),
    }));
    const comparisons = finished.flatMap((later, i) =>
      finished.slice(0, i).map((earlier) => ({
        strategy: later.strategy,
        baseline: earlier.strategy,
        ...compare(later.columns.pnl, earlier.columns.pnl, later.samples, earlier.samples),
      })),
    );
    this.#warnings.push(...scenarioWarnings(scenario, comparisons));
    this.#scenarios.push({ scenario, strategies: this.#rows, comparisons });
    for (const { release } of finished) release();
    this.#rows = [];
    this.#finished = [];
  }
}
