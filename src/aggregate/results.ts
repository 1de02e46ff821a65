import type { Cell, PlannedScenario, RunPlan } from '../plan/plan.ts';
import type { PathColumns } from '../simulate/path-columns.ts';
import type { CellDiagnostics } from '../simulate/prepare-cell.ts';
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
  readonly diagnostics: CellDiagnostics;
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
    this.#finished.push({ strategy, columns, diagnostics });
    this.#warnings.push(...cellWarnings(cell, diagnostics));
    return { state: 'done', strategy, summary: summarise(columns, cellFacts(cell.scenario)) };
  }

  #closeScenario({ scenario }: Cell): void {
    const samples = ({ columns }: FinishedCell) => meanSamples(columns, scenario.variance_reduction);
    const comparisons = this.#finished.flatMap((later, i) =>
      this.#finished.slice(0, i).map((earlier) => ({
        strategy: later.strategy,
        baseline: earlier.strategy,
        ...compare(later.columns.pnl, earlier.columns.pnl, samples(later), samples(earlier)),
      })),
    );
    this.#warnings.push(...scenarioWarnings(scenario, comparisons));
    this.#scenarios.push({ scenario, strategies: this.#rows, comparisons });
    this.#rows = [];
    this.#finished = [];
  }
}
