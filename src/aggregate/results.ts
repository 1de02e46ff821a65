import type { StatisticsMode } from '../config/experiment.ts';
import { assetCells } from '../plan/asset-cells.ts';
import type { Cell, PlannedScenario, RunPlan } from '../plan/plan.ts';
import type { ChunkOutcome } from '../simulate/simulate-cells.ts';
import { beliefOf } from '../strategies/belief.ts';
import { type Choice, choose } from './choice.ts';
import { cellWarnings, scenarioWarnings } from './find-warnings.ts';
import { precisionWarning } from './precision.ts';
import { ScenarioAccumulator, type StrategyComparison } from './scenario-accumulator.ts';
import type { AssetSummary, CellFacts, Summary } from './summary.ts';
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

/** What a cell's figures need to know beside its paths. */
export function cellFacts(cell: Pick<Cell, 'scenario' | 'strategy'>): CellFacts {
  const { simulator, variance_reduction, portfolio, risk } = cell.scenario;
  const model = beliefOf(cell);
  const assets = assetCells(cell);
  return {
    orderSize: portfolio === undefined ? simulator.order_size : 1,
    gamma: model.gamma,
    phi: model.phi,
    running: model.running,
    varianceReduction: variance_reduction,
    risk: risk && {
      measures: risk,
      horizon: simulator.T,
      fee: simulator.maker_fee,
      impact: simulator.impact,
      startLots: Math.round(simulator.q0 / simulator.order_size),
    },
    assets: portfolio?.assets.map(({ name }, i) => ({ name, ...cellFacts(assets[i]!), risk: undefined })),
  };
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
    const { scenario, strategy } = cell;
    this.#scenario ??= new ScenarioAccumulator(scenario);
    const throughMid = outcome.state === 'done' ? (outcome.columns.saturatedQuotes?.[0] ?? 0) : 0;
    this.#throughMid.set(strategy.name, (this.#throughMid.get(strategy.name) ?? 0) + throughMid);
    const finished = this.#scenario.add(outcome, cellFacts(cell));
    if (finished === undefined) return;
    this.#rows.push({ ...finished, strategy: strategy.name });
    if (finished.state === 'done' && outcome.state === 'done') {
      this.#warnings.push(...cellWarnings(cell, outcome.diagnostics, finished.summary));
      const quotes = this.#throughMid.get(strategy.name) ?? 0;
      if (quotes > 0) {
        this.#warnings.push({ kind: 'quotes_through_mid', scenario: scenario.index, strategy: strategy.name, quotes });
      }
    }
    if (this.#rows.length < scenario.strategies.length) return;
    const comparisons = this.#scenario.comparisons();
    // With a precision asked for, the scenario has come to more paths than it began with.
    const simulated = { ...scenario, paths: outcome.firstPath + outcome.paths };
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
