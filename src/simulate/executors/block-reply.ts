import type { SimulateBlockRequest } from '../block-request.ts';

/** Main thread → worker: a block, and where to say that it has begun. */
export interface RunBlockRequest {
  readonly block: SimulateBlockRequest;
  /** Int32 flags, one a block that is handed over; that at `place` is set to 1 when the block begins. */
  readonly begun: SharedArrayBuffer;
  readonly place: number;
}

/**
 * Worker → main thread. A block that fails is an answer like any other, so that a rejected task means that its worker was
 * lost, by running out of memory, ending its process, or an error outside of the task.
 */
export type BlockReply =
  | { readonly state: 'done'; readonly throughMid: number }
  | { readonly state: 'failed'; readonly error: unknown };
