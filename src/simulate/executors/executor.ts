import type { ModelParameters } from '../../config/experiment.ts';
import type { SimulateBlockRequest } from '../block-request.ts';
import type { SolvedModel } from '../grid-cache.ts';
import type { PrepareCellRequest, PreparedCellReply } from '../prepare-request.ts';

/** Making cells ready on other threads. */
export interface Preparation {
  /** Rejects where the model has no solution in floating point. */
  solve(model: ModelParameters): Promise<SolvedModel>;
  prepare(request: PrepareCellRequest): Promise<PreparedCellReply>;
}

/** Where blocks are computed. However it spreads them, the slots that a block writes depend on its request alone. */
export interface BlockExecutor {
  /** Blocks that should be in flight to keep every worker busy. */
  readonly capacity: number;
  /**
   * Resolves when the block's slots are written, with what `simulateBlock` gives; rejects where the block or its worker
   * failed.
   */
  run(request: SimulateBlockRequest): Promise<number>;
  /** Absent where there is no other thread than the caller's. */
  readonly preparation?: Preparation;
  /** Ends all workers, with blocks in flight dropped. */
  close(): Promise<void>;
}
