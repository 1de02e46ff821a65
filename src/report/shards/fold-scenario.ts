import { cellFacts } from '../../aggregate/cell-facts.ts';
import { type CellPilot, cellPilotOf } from '../../aggregate/pilot.ts';
import { RangeFold, type RangePart } from '../../aggregate/range-aggregate.ts';
import type { PlannedScenario } from '../../plan/plan.ts';
import type { CellDiagnostics } from '../../simulate/prepare-cell.ts';
import type { ChunkOutcome } from '../../simulate/simulate-cells.ts';
import type { StoredRange } from './shard-records.ts';

/** Folds the chunks of one scenario as they come in, range of paths by range, within it strategy by strategy. */
export class ScenarioFold {
  readonly #scenario: PlannedScenario;
  readonly #pilots: (CellPilot | Error | undefined)[] = [];
  readonly #diagnostics: (CellDiagnostics | undefined)[];
  #parts: RangePart[] = [];
  #releases: (() => void)[] = [];
  #fold: RangeFold | undefined;

  constructor(scenario: PlannedScenario) {
    this.#scenario = scenario;
    this.#diagnostics = scenario.strategies.map(() => undefined);
  }

  /** Adds the next chunk and releases it when it is folded; true where no strategy's chunk waits for those of the others. */
  add(outcome: ChunkOutcome): boolean {
    const { cell, firstPath, paths, isPilot = false } = outcome;
    const strategies = this.#scenario.strategies;
    const place = strategies.findIndex(({ name }) => name === cell.strategy.name);
    if (outcome.state === 'done') {
      this.#diagnostics[place] ??= outcome.diagnostics;
      if (firstPath === 0) this.#pilots[place] = pilotOrError(outcome);
    }
    if (isPilot) {
      if (outcome.state === 'done') outcome.release();
      return true;
    }
    if (outcome.state === 'failed') this.#parts.push({ error: outcome.error });
    else {
      const pilot = this.#pilots[place] ?? new Error('the first paths of the cell are missing');
      this.#parts.push({ columns: outcome.columns, pilot });
      this.#releases.push(outcome.release);
    }
    if (this.#parts.length < strategies.length) return false;
    this.#fold ??= new RangeFold(this.#scenario, firstPath);
    this.#fold.addChunk(paths, this.#parts);
    for (const release of this.#releases) release();
    this.#parts = [];
    this.#releases = [];
    return true;
  }

  /** The path after the last one that was added since `take`; undefined where there is none. */
  get end(): number | undefined {
    return this.#fold?.end;
  }

  /** What has been folded since the last call. */
  take(): StoredRange | undefined {
    const range = this.#fold?.result();
    this.#fold = undefined;
    return range && { range, diagnostics: this.#diagnostics };
  }
}

function pilotOrError({ columns, cell }: ChunkOutcome & { readonly state: 'done' }): CellPilot | Error {
  try {
    return cellPilotOf(columns, cellFacts(cell));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
