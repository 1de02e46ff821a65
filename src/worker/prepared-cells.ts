import type { Cell } from '../plan/plan.ts';
import type { BufferPool } from '../simulate/buffer-pool.ts';
import type { PreparedCell } from '../simulate/prepare-cell.ts';

/** Tables of cells that no block reads at the moment are dropped, oldest first, beyond so many bytes. */
const MOST_IDLE_BYTES = 256 * 2 ** 20;

interface Entry {
  readonly prepared: Promise<PreparedCell>;
  table: SharedArrayBuffer | undefined;
  users: number;
}

/** The cells of a run that are ready, each prepared once while it stays. */
export class PreparedCells {
  readonly #prepare: (cell: Cell) => Promise<PreparedCell>;
  readonly #pool: BufferPool;
  readonly #entries = new Map<Cell, Entry>();

  /** @param pool where tables go that are dropped */
  constructor(prepare: (cell: Cell) => Promise<PreparedCell>, pool: BufferPool) {
    this.#prepare = prepare;
    this.#pool = pool;
  }

  /** Hands a ready cell to `use`, and keeps it until that is done. Rejects as the preparation and `use` do. */
  async with<T>(cell: Cell, use: (prepared: PreparedCell) => Promise<T>): Promise<T> {
    const entry = this.#entries.get(cell) ?? { prepared: this.#prepare(cell), table: undefined, users: 0 };
    // The latest goes to the end.
    this.#entries.delete(cell);
    this.#entries.set(cell, entry);
    entry.users++;
    try {
      entry.table = (await entry.prepared).table;
    } catch (error) {
      this.#entries.delete(cell);
      throw error;
    }
    try {
      return await use(await entry.prepared);
    } finally {
      entry.users--;
      this.#dropIdle();
    }
  }

  #dropIdle(): void {
    const idle = [...this.#entries].filter(([, { users }]) => users === 0);
    let bytes = idle.reduce((sum, [, { table }]) => sum + (table?.byteLength ?? 0), 0);
    for (const [cell, { table }] of idle) {
      if (bytes <= MOST_IDLE_BYTES) return;
      bytes -= table?.byteLength ?? 0;
      this.#entries.delete(cell);
      if (table !== undefined) this.#pool.give(table);
    }
  }
}
