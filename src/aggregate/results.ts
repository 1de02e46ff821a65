import type { StatisticsMode } from '../config/experiment.ts';
import type { Cell, PlannedScenario, RunPlan } from '../plan/plan.ts';
import type { CellDiagnostics } from '../simulate/prepare-cell.ts';
import type { ChunkOutcome } from '../simulate/simulate-cells.ts';
import { cellFacts } from './cell-facts.ts';
import { type Choice, choose } from './choice.ts';
import { cellWarnings, scenarioWarnings } from './find-warnings.ts';
import { precisionWarning } from './precision.ts';
import { pathsOf, type RangeAggregate } from './range-aggregate.ts';
import { type FinishedCell, ScenarioAccumulator, type StrategyComparison } from './scenario-accumulator.ts';
import type { AssetSummary, Summary } from './summary.ts';
import { checkThresholds, type ThresholdResult } from './thresholds.ts';
import type { Uncertainty } from './uncertainty.ts';
import type { Warning } from './warnings.ts';

/** One cell's row of the report. */
export type StrategyResult =
  | {
      readonly state: 'done';
      readonly strategy: string;
      readonly summary: Summary;
      /** What each asset of a portfolio contributed; empty for a single asset. */
      readonly assets: readonly AssetSummary[];
      /** The columns that `risk:` asks for, by name. */
      readonly risk?: ReadonlyMap<string, number>;
      readonly uncertainty?: Uncertainty;
    }
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
  /** Of the plan's thresholds; absent where it has none. */
  readonly thresholds?: readonly ThresholdResult[];
  readonly choice?: Choice;
}

/** Turns outcomes, given in the order of simulateCells, into results; memory is that of the chunks of one scenario. */
export class ResultCollector {
  readonly #plan: RunPlan;
  readonly #scenarios: ScenarioResult[] = [];
  readonly #warnings: Warning[] = [];
  #scenario: ScenarioAccumulator | undefined;
  #rows: StrategyResult[] = [];

  /** By strategy of the scenario under way: quotes that walks served less often than their distance asks for. */
  readonly #throughMid = new Map<string, number>();

  constructor(plan: RunPlan) {
    this.#plan = plan;
  }

  /** Adds the next chunk's outcome, and releases it when it is no longer needed. */
  add(outcome: ChunkOutcome): void {
    const { cell, statistics } = outcome;
    const { scenario } = cell;
    this.#scenario ??= new ScenarioAccumulator(scenario);
    if (outcome.state === 'done') this.#countThroughMid(cell, outcome.columns.saturatedQuotes?.[0] ?? 0);
    const finished = this.#scenario.add(outcome, cellFacts(cell));
    if (finished === undefined) return;
    this.#addRow(cell, finished, outcome.state === 'done' ? outcome.diagnostics : undefined);
    const isWhole = this.#rows.length === scenario.strategies.length;
    if (isWhole) this.#close(scenario, outcome.firstPath + outcome.paths, statistics);
  }

  /**
   * Adds the next range of paths of a scenario in sketch mode, folded already, in place of its chunks.
   * @param cells the scenario's, by strategy
   * @param last with the scenario's last range: what was learnt while its cells were made ready, undefined for a cell that failed
   */
  addRange(
    cells: readonly Cell[],
    range: RangeAggregate,
    last?: readonly (CellDiagnostics | undefined)[] | undefined,
  ): void {
    const { scenario } = cells[0]!;
    this.#scenario ??= new ScenarioAccumulator(scenario);
    range.cells.forEach((folded, i) => {
      if (folded.state === 'done') this.#countThroughMid(cells[i]!, folded.throughMid);
    });
    const finished = this.#scenario.addRange(range, cells.map(cellFacts), last !== undefined);
    finished?.forEach((row, i) => {
      this.#addRow(cells[i]!, row, last?.[i]);
    });
    if (finished !== undefined) this.#close(scenario, range.firstPath + pathsOf(range), 'sketch');
  }

  #countThroughMid({ strategy }: Cell, quotes: number): void {
    this.#throughMid.set(strategy.name, (this.#throughMid.get(strategy.name) ?? 0) + quotes);
  }

  #addRow(cell: Cell, finished: FinishedCell, diagnostics: CellDiagnostics | undefined): void {
    const { scenario, strategy } = cell;
    this.#rows.push({ ...finished, strategy: strategy.name });
    if (finished.state === 'failed' || diagnostics === undefined) return;
    this.#warnings.push(...cellWarnings(cell, diagnostics, finished.summary));
    const quotes = this.#throughMid.get(strategy.name) ?? 0;
    if (quotes > 0) {
      this.#warnings.push({ kind: 'quotes_through_mid', scenario: scenario.index, strategy: strategy.name, quotes });
    }
  }

  /** @param paths that were simulated: with a precision asked for, more than the scenario began with */
  #close(scenario: PlannedScenario, paths: number, statistics: StatisticsMode): void {
    const comparisons = this.#scenario?.comparisons() ?? [];
    const simulated = { ...scenario, paths };
    const rows = this.#rows.flatMap((row) => (row.state === 'done' ? [row] : []));
    const shortfall = precisionWarning(simulated, rows, comparisons);
    this.#warnings.push(...scenarioWarnings(simulated, comparisons), ...(shortfall === undefined ? [] : [shortfall]));
    this.#scenarios.push({ scenario: simulated, statistics, strategies: this.#rows, comparisons });
    this.#scenario = undefined;
    this.#throughMid.clear();
    this.#rows = [];
  }

  result(): RunResult {
    const { thresholds = [], choice } = this.#plan.goals ?? {};
    return {
      plan: this.#plan,
      scenarios: this.#scenarios,
      warnings: this.#warnings,
      ...(thresholds.length > 0 ? { thresholds: checkThresholds(thresholds, this.#scenarios) } : {}),
      ...(choice === undefined ? {} : { choice: choose(choice, this.#scenarios) }),
    };
  }
}
