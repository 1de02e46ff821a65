import { playRollout } from './play-rollout.ts';
import type { PlayedRollout, PlayRolloutRequest } from './rollout-request.ts';

/** Where rollouts are played. However it spreads them, what they come to depends on the requests alone. */
export interface RolloutExecutor {
  /** Requests that keep every thread busy. */
  readonly capacity: number;
  /** Rejects where the rollout failed, or its worker was lost again and again. */
  play(request: PlayRolloutRequest): Promise<PlayedRollout>;
  /** Ends all threads. */
  close(): Promise<void>;
}

/** The executor for a number of worker threads; 0 = the calling thread. */
export async function createRolloutExecutor(threads: number): Promise<RolloutExecutor> {
  if (threads === 0) return { capacity: 1, play: async (request) => playRollout(request), async close() {} };
  const { createRolloutPool } = await import('./rollout-pool.ts');
  return createRolloutPool(threads);
}
