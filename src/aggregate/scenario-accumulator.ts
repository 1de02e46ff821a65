import type { StatisticsMode } from '../config/experiment.ts';
import type { PlannedScenario } from '../plan/plan.ts';
import type { ChunkOutcome } from '../simulate/simulate-cells.ts';
import { CellAccumulator } from './cell-accumulator.ts';
import { type ComparedColumns, PairAccumulator, type TestedComparison } from './comparison.ts';
import { meanSamples } from './mean-samples.ts';
import type { RangeAggregate } from './range-aggregate.ts';
import { riskColumnsOf } from './risk-columns.ts';
import { type AssetSummary, assetSummariesOf, type CellFacts, type Summary, summaryOf } from './summary.ts';
import { type Uncertainty, uncertaintyOf } from './uncertainty.ts';

/** `strategy` against `baseline`, an earlier one of the config, on the same paths. */
export interface StrategyComparison extends TestedComparison {
  readonly strategy: string;
  readonly baseline: string;
}

/** A chunk of a strategy's paths that waits for those of the others, to be compared with them. */
interface WaitingChunk extends ComparedColumns {
  readonly strategy: string;
  readonly release: () => void;
}

/** What has become of a cell once its last chunk is in. */
export type FinishedCell =
  | {
      readonly state: 'done';
      readonly summary: Summary;
      readonly assets: readonly AssetSummary[];
      readonly risk: ReadonlyMap<string, number>;
      readonly uncertainty: Uncertainty;
    }
  | { readonly state: 'failed'; readonly message: string };

/**
 * The cells of one scenario as their chunks come in: range of paths by range, within it strategy by strategy. A range is let go
 * as soon as it is in for all strategies, so that memory is that of a range.
 */
export class ScenarioAccumulator {
  readonly #scenario: PlannedScenario;
  readonly #cells = new Map<string, CellAccumulator>();
  readonly #failures = new Map<string, string>();
  readonly #pairs = new Map<string, PairAccumulator>();
  #waiting: WaitingChunk[] = [];
  #delivered = 0;

  constructor(scenario: PlannedScenario) {
    this.#scenario = scenario;
  }

  /** Adds the next chunk; with a cell's last one, returns what became of the cell. */
  add(outcome: ChunkOutcome, facts: CellFacts): FinishedCell | undefined {
    const strategy = outcome.cell.strategy.name;
    let finished: FinishedCell | undefined;
    try {
      if (outcome.state === 'failed') throw outcome.error;
      finished = this.#addPaths(outcome, facts);
    } catch (error) {
      // It must not cost the other cells.
      this.#fail(strategy, error);
      if (outcome.state === 'done') outcome.release();
      if (outcome.last) finished = this.#finish(strategy, facts);
    }
    this.#delivered++;
    if (this.#delivered === this.#scenario.strategies.length) this.#closeRange();
    return finished;
  }

  /**
   * Adds the next range of paths, folded already, in place of its chunks; with the last one, returns what became of each cell,
   * undefined before.
   * @param factsOf by strategy, in the scenario's order
   */
  addRange(range: RangeAggregate, factsOf: readonly CellFacts[], isLast: boolean): readonly FinishedCell[] | undefined {
    const names = this.#scenario.strategies.map(({ name }) => name);
    range.cells.forEach((folded, i) => {
      const [strategy, facts] = [names[i], factsOf[i]];
      if (strategy === undefined || facts === undefined) throw new RangeError(`range of paths: no strategy ${i}`);
      if (this.#failures.has(strategy)) return;
      if (folded.state === 'failed') this.#fail(strategy, new Error(folded.message));
      else this.#cell(strategy, facts, 'sketch').addFolded(folded.figures, folded.sketches);
    });
    for (const { strategy, baseline, moments } of range.pairs) {
      const [later, earlier] = [range.cells[strategy], range.cells[baseline]];
      if (later?.state !== 'done' || earlier?.state !== 'done') continue;
      const pair = this.#pair(names[strategy]!, names[baseline]!);
      moments.forEach(({ difference, covariance }, chunk) => {
        const [x, y] = [later.figures[chunk]!.own.pnl, earlier.figures[chunk]!.own.pnl];
        pair.addMoments({ difference, joint: { x, y, covariance } });
      });
    }
    return isLast ? names.map((strategy, i) => this.#finish(strategy, factsOf[i]!)) : undefined;
  }

  /** Each pair of cells that did not fail, the later of the config against the earlier. */
  comparisons(): StrategyComparison[] {
    const names = this.#scenario.strategies.map(({ name }) => name).filter((name) => !this.#failures.has(name));
    return names.flatMap((strategy, i) =>
      names.slice(0, i).map((baseline) => ({ strategy, baseline, ...this.#pair(strategy, baseline).finish() })),
    );
  }

  #addPaths(outcome: ChunkOutcome & { readonly state: 'done' }, facts: CellFacts): FinishedCell | undefined {
    const strategy = outcome.cell.strategy.name;
    const known = this.#failures.get(strategy);
    if (known !== undefined) throw new Error(known);
    const { columns, pnl } = this.#cell(strategy, facts, outcome.statistics).add(outcome.columns);
    const samples = meanSamples(columns, facts.varianceReduction);
    const finished = outcome.last ? this.#finish(strategy, facts) : undefined;
    // Last, since what waits must not be released as failed too.
    this.#waiting.push({ strategy, pnl: columns.pnl, moments: pnl, samples, release: outcome.release });
    return finished;
  }

  #cell(strategy: string, facts: CellFacts, mode: StatisticsMode): CellAccumulator {
    const cell = this.#cells.get(strategy) ?? new CellAccumulator(facts, mode);
    this.#cells.set(strategy, cell);
    return cell;
  }

  /** The first failure of a cell tells. */
  #fail(strategy: string, error: unknown): void {
    if (!this.#failures.has(strategy)) this.#failures.set(strategy, textOf(error));
    this.#cells.delete(strategy);
  }

  #finish(strategy: string, facts: CellFacts): FinishedCell {
    const message = this.#failures.get(strategy);
    if (message !== undefined) return { state: 'failed', message };
    try {
      const all = this.#cell(strategy, facts, 'sketch').finish();
      this.#cells.delete(strategy);
      const summary = summaryOf(all, facts);
      const risk = riskColumnsOf(all, facts, summary);
      const uncertainty = uncertaintyOf(all, facts, summary, risk);
      return { state: 'done', summary, assets: assetSummariesOf(all, facts), risk, uncertainty };
    } catch (error) {
      this.#fail(strategy, error);
      return { state: 'failed', message: textOf(error) };
    }
  }

  #closeRange(): void {
    this.#waiting.forEach((later, i) => {
      for (const earlier of this.#waiting.slice(0, i)) this.#pair(later.strategy, earlier.strategy).add(later, earlier);
    });
    for (const { release } of this.#waiting) release();
    this.#waiting = [];
    this.#delivered = 0;
  }

  #pair(strategy: string, baseline: string): PairAccumulator {
    const key = JSON.stringify([strategy, baseline]);
    const pair = this.#pairs.get(key) ?? new PairAccumulator();
    this.#pairs.set(key, pair);
    return pair;
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
