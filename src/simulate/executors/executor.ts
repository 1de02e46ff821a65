import type { Cell } from '../../plan/plan.ts';
import type { SimulateBlockRequest } from '../block-request.ts';
import type { BufferPool } from '../buffer-pool.ts';
import type { PreparedCell } from '../prepare-cell.ts';

/** What a block may take, where that is not the executor's own business. */
export interface BlockLimits {
  /** Seconds. */
  readonly timeLimit?: number;
  /** Aborted when the block is wanted no more; its reason is thrown. */
  readonly signal?: AbortSignal;
}

/** Where blocks are computed. However it spreads them, the slots that a block writes depend on its request alone. */
export interface BlockExecutor {
  /** Blocks that should be in flight to keep every worker busy; may change on the way. */
  readonly capacity: number;
  /** Steps or events that a block should hold; BLOCK_WORK where absent. May change on the way. */
  readonly blockWork?: number;
  /**
   * Resolves when the block's slots are written, with what `simulateBlock` gives; rejects where the block or its worker
   * failed.
   */
  run(request: SimulateBlockRequest, limits?: BlockLimits): Promise<number>;
  /**
   * Makes a cell ready elsewhere than on the calling thread; rejects as `prepareCell` throws. Absent where there is no elsewhere.
   * @param pool takes part where tables are made; the caller gives them back to it
   */
  prepare?(cell: Cell, pool: BufferPool): Promise<PreparedCell>;
  /**
   * Loads the modules that custom strategies name where they will be needed; rejects where one cannot be used. Absent where there is
   * no other thread than the caller's.
   */
  check?(cells: readonly Cell[]): Promise<void>;
  /** Ends all workers, with blocks in flight dropped. */
  close(): Promise<void>;
}
