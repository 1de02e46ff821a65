import type { Block } from '../plan/blocks.ts';
import type { Cell } from '../plan/plan.ts';

/** Simulated paths that outlive the run's memory. */
export interface BlockStore {
  /** Fills the slots of those paths of `range` that are stored; resolves with the ranges that are not, in order. */
  recall(cell: Cell, columns: SharedArrayBuffer, range: Block): Promise<readonly Block[]>;
  /**
   * Takes a copy of a finished block at once; resolves when more may come. Never rejects: a store that fails ends the run.
   * @param throughMid what the block adds to the columns' count of saturated quotes
   */
  keep(cell: Cell, columns: SharedArrayBuffer, block: Block, throughMid: number): Promise<void>;
}
