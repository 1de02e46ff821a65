import type { Block } from '../../plan/blocks.ts';
import type { Cell } from '../../plan/plan.ts';
import type { BlockStore } from '../../simulate/block-store.ts';
import type { ChunkOutcome } from '../../simulate/simulate-cells.ts';
import type { ExperimentRecord } from '../journal/experiment-record.ts';
import type { Journal } from '../journal/journal.ts';
import { ScenarioFold } from './fold-scenario.ts';
import { keepsPaths } from './shard-content.ts';
import { encodeOutcome, encodeStoredRange, rangeRecord, type StoredRange } from './shard-records.ts';

/** Milliseconds of folded paths that a kill may cost. */
const SAVE_INTERVAL = 5000;

/** Writes what a shard simulates into its file: paths block by block, or what they are folded to every few seconds. */
export class ShardWriter implements BlockStore {
  readonly #journal: Journal;
  readonly #record: ExperimentRecord;
  readonly #cells: ReadonlyMap<number, readonly Cell[]>;
  #fold: { readonly scenario: number; readonly of: ScenarioFold; saved: number } | undefined;
  /** By cell: its first chunk that failed. */
  readonly #failures = new Map<number, { readonly firstPath: number; readonly message: string }>();

  /** @param cells by scenario */
  constructor(journal: Journal, record: ExperimentRecord, cells: ReadonlyMap<number, readonly Cell[]>) {
    this.#cells = cells;
    this.#journal = journal;
    this.#record = record;
  }

  async recall(cell: Cell, columns: SharedArrayBuffer, range: Block): Promise<readonly Block[]> {
    return keepsPaths(cell.scenario, this.#record) ? this.#journal.recall(cell, columns, range) : [range];
  }

  async keep(cell: Cell, columns: SharedArrayBuffer, block: Block, throughMid: number): Promise<void> {
    if (keepsPaths(cell.scenario, this.#record)) await this.#journal.keep(cell, columns, block, throughMid);
  }

  /** Takes the next chunk, in the order of `cellChunks`, and releases it when it is no longer needed. */
  async add(outcome: ChunkOutcome): Promise<void> {
    if (keepsPaths(outcome.cell.scenario, this.#record)) await this.#addOutcome(outcome);
    else await this.#addChunk(outcome);
  }

  /** Saves what has been folded, before the end of its scenario. */
  async flush(): Promise<void> {
    const { scenario, of: fold } = this.#fold ?? {};
    const isOpen = scenario !== undefined && this.#cells.get(scenario)?.[0]?.scenario.precision === undefined;
    if (isOpen) await this.#save(fold?.take());
  }

  /** Why cells have failed in this shard, by their index. */
  get failures(): ReadonlyMap<number, string> {
    return new Map([...this.#failures].map(([cell, { message }]) => [cell, message]));
  }

  #noteFailure({ index }: Cell, firstPath: number, message: string): void {
    if (!this.#failures.has(index)) this.#failures.set(index, { firstPath, message });
  }

  async #addOutcome(outcome: ChunkOutcome): Promise<void> {
    const { cell, firstPath, paths, last } = outcome;
    if (outcome.state === 'failed') this.#noteFailure(cell, firstPath, outcome.error.message);
    if (outcome.state === 'done') outcome.release();
    if (!last) return;
    const payload = encodeOutcome({
      end: firstPath + paths,
      failure: this.#failures.get(cell.index),
      diagnostics: outcome.state === 'done' ? outcome.diagnostics : undefined,
    });
    await this.#journal.keepRecord({ kind: 'outcome', cell: cell.index, firstPath, paths, throughMid: 0 }, payload);
  }

  async #addChunk(outcome: ChunkOutcome): Promise<void> {
    const { scenario } = outcome.cell;
    if (this.#fold?.scenario !== scenario.index) {
      this.#fold = { scenario: scenario.index, of: new ScenarioFold(scenario), saved: performance.now() };
    }
    const { of: fold } = this.#fold;
    // Between two ranges that are simulated lies one that is there already.
    if (fold.end !== undefined && outcome.firstPath > fold.end) await this.#save(fold.take());
    if (!fold.add(outcome)) return;
    const isDue = performance.now() - this.#fold.saved >= SAVE_INTERVAL && scenario.precision === undefined;
    if (!outcome.last && !isDue) return;
    this.#fold.saved = performance.now();
    await this.#save(fold.take());
    if (outcome.last) this.#fold = undefined;
  }

  async #save(stored: StoredRange | undefined): Promise<void> {
    if (stored === undefined) return;
    const { range } = stored;
    const cells = this.#cells.get(range.scenario) ?? [];
    range.cells.forEach((folded, i) => {
      if (folded.state === 'failed') this.#noteFailure(cells[i]!, range.firstPath, folded.message);
    });
    await this.#journal.keepRecord(rangeRecord(range), encodeStoredRange(stored));
  }
}
