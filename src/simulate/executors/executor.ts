import type { Block } from '../../plan/blocks.ts';
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

/** Where ranges of paths of all strategies of a scenario are simulated and folded to figures, so that no path comes back. */
export interface RangeExecutor {
  /** Who takes ranges at the moment; a run of fewer ranges is spread better by blocks. */
  readonly workers: number;
  /** Ranges that should be in flight; may change on the way. */
  readonly capacity: number;
  /** Resolves with the bytes of a `StoredRange`; rejects where the range could not be computed, whatever its cells came to. */
  run(scenario: number, range: Block): Promise<Uint8Array>;
}

/** Where blocks are computed. However it spreads them, the slots that a block writes depend on its request alone. */
export interface BlockExecutor {
  /** Blocks that should be in flight to keep every worker busy; may change on the way. */
  readonly capacity: number;
  /** Steps or events that a block should hold; where absent, as `blockWorkIn` says. May change on the way. */
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
  /** Absent where whatever is simulated is in this process's memory anyway. */
  readonly ranges?: RangeExecutor;
  /** Ends all workers, with blocks in flight dropped. */
  close(): Promise<void>;
}
