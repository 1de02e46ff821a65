import type { SimulateBlockRequest } from '../block-request.ts';

/** Where blocks are computed. However it spreads them, the slots that a block writes depend on its request alone. */
export interface BlockExecutor {
  /** Blocks that should be in flight to keep every worker busy. */
  readonly capacity: number;
  /** Resolves when the block's slots are written; rejects where the block or its worker failed. */
  run(request: SimulateBlockRequest): Promise<void>;
  /** Ends all workers, with blocks in flight dropped. */
  close(): Promise<void>;
}
