/** The road of scenarios whose paths are folded range by range, where they are simulated or here. */
import { pathsOf } from './aggregate/range-aggregate.ts';
import type { ResultCollector } from './aggregate/results.ts';
import type { Block } from './plan/blocks.ts';
import type { Cell, PlannedScenario, RunPlan } from './plan/plan.ts';
import type { ExperimentRecord } from './report/journal/experiment-record.ts';
import type { Journal } from './report/journal/journal.ts';
import { comesFolded, foldedRanges, foldRanges } from './report/shards/fold-ranges.ts';
import { isFolded } from './report/shards/shard-content.ts';
import { decodeStoredRange, encodeStoredRange, rangeRecord, type StoredRange } from './report/shards/shard-records.ts';
import type { BlockExecutor } from './simulate/executors/executor.ts';
import { Interruption } from './simulate/interruption.ts';
import type { PathColumns } from './simulate/path-columns.ts';
import type { CellDiagnostics } from './simulate/prepare-cell.ts';

export interface RangeHooks {
  readonly journal: Journal | undefined;
  readonly onBlock?: ((cell: Cell, columns: PathColumns | undefined, block: Block) => void) | undefined;
  readonly onNote?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** True where ranges are folded elsewhere, and there are enough of them for all who do. */
export function spreadsByRanges(
  { scenarios }: RunPlan,
  run: Pick<ExperimentRecord, 'exportPaths'>,
  { ranges }: BlockExecutor,
): boolean {
  if (ranges === undefined) return false;
  const folded = scenarios.filter((scenario) => comesFolded(scenario, run));
  return folded.reduce((sum, scenario) => sum + foldedRanges(scenario).length, 0) >= ranges.workers;
}

/**
 * True where a scenario is folded range by range: the executor has it done by others, or an earlier run did and its journal holds
 * what came of it. Not where the journal holds single paths: these are taken over.
 * @param spreads what `spreadsByRanges` gives
 */
export function goesByRanges(
  cells: readonly Cell[],
  run: Pick<ExperimentRecord, 'exportPaths'>,
  spreads: boolean,
  journal: Journal | undefined,
): boolean {
  const { scenario } = cells[0]!;
  if (!isFolded(scenario, run)) return false;
  const { index, ranges } = journal?.earlier ?? {};
  if (ranges !== undefined && foldedRanges(scenario).some((range) => ranges.find(scenario, range))) return true;
  if (cells.some((cell) => (index?.count(cell.index, scenario.paths) ?? 0) > 0)) return false;
  return spreads && comesFolded(scenario, run);
}

/**
 * Gives the collector the ranges of these scenarios in the order of the plan: those of the journal, and the others as the executor has
 * them simulated and folded elsewhere. Where it cannot, the rest of the scenario is simulated by blocks and folded here, so that a
 * cell that costs its workers fails alone. Throws the signal's reason, and FileError where the journal cannot be read any more.
 * @param groups the cells of each scenario
 */
export async function collectRanges(
  groups: readonly (readonly Cell[])[],
  executor: BlockExecutor,
  collector: ResultCollector,
  hooks: RangeHooks,
): Promise<void> {
  const scenarios = groups.map((cells) => new FoldedScenario(cells, executor, collector, hooks));
  const interrupted = new Interruption(hooks.signal);
  const started: (() => Promise<void>)[] = [];
  const addOldest = async (): Promise<void> => interrupted.orElse(started.shift()?.() ?? Promise.resolve());
  for (const scenario of scenarios) {
    for (const range of scenario.ranges) {
      while (started.length >= (executor.ranges?.capacity ?? 1)) await addOldest();
      started.push(scenario.start(range));
    }
  }
  while (started.length > 0) await addOldest();
}

/** One scenario on its way into the collector. */
class FoldedScenario {
  readonly ranges: readonly Block[];
  readonly #cells: readonly Cell[];
  readonly #executor: BlockExecutor;
  readonly #collector: ResultCollector;
  readonly #hooks: RangeHooks;
  #diagnostics: readonly (CellDiagnostics | undefined)[];
  /** Ranges that the collector has. */
  #added = 0;

  constructor(cells: readonly Cell[], executor: BlockExecutor, collector: ResultCollector, hooks: RangeHooks) {
    this.ranges = foldedRanges(cells[0]!.scenario);
    this.#cells = cells;
    this.#executor = executor;
    this.#collector = collector;
    this.#hooks = hooks;
    this.#diagnostics = cells.map(() => undefined);
  }

  /** Has a range folded elsewhere; the function that is given adds it, and is to be called range after range. */
  start(range: Block): () => Promise<void> {
    const { ranges } = this.#executor;
    // One that is there is read when its turn comes; after a failure the rest is not asked for.
    const asked = this.#isStored(range) || this.#added === this.ranges.length ? undefined : ranges && this.#ask(range);
    asked?.catch(() => {});
    return async () => {
      if (this.ranges[this.#added] !== range) return;
      if (this.#isStored(range)) await this.#addStored(range.firstPath + range.paths);
      else if (asked === undefined) await this.#addRest();
      else {
        const stored = await asked.catch((error: unknown) => this.#noteFailure(error));
        if (stored === undefined) await this.#addRest();
        else this.#add(stored, true);
      }
    };
  }

  async #ask(range: Block): Promise<StoredRange> {
    const bytes = await this.#executor.ranges!.run(this.#scenario.index, range);
    const stored = decodeStoredRange(bytes);
    await this.#hooks.journal?.keepRecord(rangeRecord(stored.range), bytes);
    return stored;
  }

  #noteFailure(error: unknown): undefined {
    const reason = error instanceof Error ? error.message : String(error);
    this.#hooks.onNote?.(`scenario ${this.#scenario.index}: ${reason}; going on with smaller blocks`);
  }

  /** Simulates what is left of the scenario by blocks, and folds it here. */
  async #addRest(): Promise<void> {
    const { journal, onBlock, signal } = this.#hooks;
    const missing = this.ranges.slice(this.#added).filter((range) => !this.#isStored(range));
    await foldRanges(this.#cells, this.#executor, missing, {
      ...(signal === undefined ? {} : { signal }),
      onBlock: (cell, columns, block) => {
        // Those before are simulated anew for the pilot alone.
        if (block.firstPath >= (missing[0]?.firstPath ?? 0)) onBlock?.(cell, columns, block);
      },
      onRange: async (stored) => {
        await this.#addStored(stored.range.firstPath);
        await journal?.keepRecord(rangeRecord(stored.range), encodeStoredRange(stored));
        this.#add(stored, false);
      },
    });
    await this.#addStored(this.#scenario.paths);
  }

  /** Adds the ranges of the journal up to a path. */
  async #addStored(end: number): Promise<void> {
    const { ranges } = this.#hooks.journal?.earlier ?? {};
    for (let next = this.ranges[this.#added]; next !== undefined && next.firstPath < end; ) {
      const record = ranges?.find(this.#scenario, next);
      if (ranges === undefined || record === undefined) throw new Error(`path ${next.firstPath} is in no range`);
      this.#add(await ranges.read(record), true);
      next = this.ranges[this.#added];
    }
  }

  #isStored(range: Block): boolean {
    return this.#hooks.journal?.earlier?.ranges?.find(this.#scenario, range) !== undefined;
  }

  /** @param isNews whether its paths have not been told as blocks */
  #add({ range, diagnostics }: StoredRange, isNews: boolean): void {
    this.#diagnostics = this.#diagnostics.map((known, i) => known ?? diagnostics[i]);
    this.#added++;
    const isLast = this.#added === this.ranges.length;
    this.#collector.addRange(this.#cells, range, isLast ? this.#diagnostics : undefined);
    const block = { firstPath: range.firstPath, paths: pathsOf(range) };
    if (isNews) for (const cell of this.#cells) this.#hooks.onBlock?.(cell, undefined, block);
  }

  get #scenario(): PlannedScenario {
    return this.#cells[0]!.scenario;
  }
}
