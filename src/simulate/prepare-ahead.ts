import type { Cell } from '../plan/plan.ts';
import type { BufferPool } from './buffer-pool.ts';
import type { BlockExecutor } from './executors/executor.ts';
import { GridCache } from './grid-cache.ts';
import { type PreparedCell, prepareCell } from './prepare-cell.ts';

/** Tables that may be ready ahead of their cells' turn, together, in bytes; a single one may be larger. */
const AHEAD_BYTES = 256 * 2 ** 20;
/** Cells that may be ready ahead of their turn, however small their tables. */
const AHEAD_CELLS = 256;

/**
 * Prepares cells in the order of the run: where the executor can, some cells ahead of their turn, so that no thread waits for
 * another, or on the calling thread when their turn comes. Each distinct model is solved once. What a cell is prepared to
 * does not depend on where or when.
 */
export class PrepareAhead {
  readonly #cells: readonly Cell[];
  readonly #most: () => number;
  readonly #prepare: (cell: Cell) => Promise<PreparedCell>;
  readonly #begun = new Map<Cell, Promise<PreparedCell>>();
  #next = 0;
  #largestTable: number | undefined;

  /** @param pool takes part where tables are made; the caller gives them back to it */
  constructor(cells: readonly Cell[], executor: BlockExecutor, pool: BufferPool) {
    this.#cells = cells;
    if (executor.prepare === undefined) {
      const grids = new GridCache();
      this.#most = () => 1;
      this.#prepare = async (cell) => prepareCell(cell, grids, pool);
    } else {
      const prepare = executor.prepare.bind(executor);
      this.#most = () => Math.min(AHEAD_CELLS, executor.capacity);
      this.#prepare = (cell) => prepare(cell, pool);
    }
  }

  /** The prepared cell; rejects as `prepareCell` throws. To be called once for each cell, in their order. */
  take(cell: Cell): Promise<PreparedCell> {
    const turn = this.#cells.indexOf(cell, Math.max(0, this.#next - this.#begun.size));
    while (this.#next < this.#cells.length && this.#next < turn + this.#width()) this.#begin(this.#cells[this.#next]!);
    const prepared = this.#begun.get(cell);
    if (prepared === undefined) throw new Error(`cell ${cell.index} was asked for out of turn`);
    this.#begun.delete(cell);
    return prepared;
  }

  /** Cells in preparation or ready, the one whose turn it is among them. Tables of neighbouring cells are about as large. */
  #width(): number {
    if (this.#largestTable === undefined) return Math.min(2, this.#most());
    return Math.max(1, Math.min(this.#most(), Math.floor(AHEAD_BYTES / this.#largestTable)));
  }

  #begin(cell: Cell): void {
    this.#next++;
    const prepared = this.#prepare(cell);
    this.#begun.set(cell, prepared);
    const note = ({ table }: PreparedCell): void => {
      this.#largestTable = Math.max(this.#largestTable ?? 1, table?.byteLength ?? 1);
    };
    // A failure is told when the cell's turn comes.
    prepared.then(note, () => {});
  }
}
