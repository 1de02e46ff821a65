import { createPool } from '../../simulate/executors/pool.ts';
import type { RolloutExecutor } from './rollout-executor.ts';
import type { PlayRolloutReply } from './rollout-request.ts';

/** Attempts at a rollout whose worker is lost. */
const ATTEMPTS = 3;

/** Plays rollouts on a fixed pool of worker threads; a lost one is replaced and its rollout played anew. */
export function createRolloutPool(threads: number): RolloutExecutor {
  const pool = createPool('play-rollout', threads);
  return {
    capacity: threads,
    async play(request) {
      let why = '';
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        let reply: PlayRolloutReply;
        try {
          reply = await pool.run(request);
        } catch (error) {
          why = error instanceof Error ? error.message : String(error);
          continue;
        }
        if (reply.state === 'failed') throw reply.error;
        return reply.played;
      }
      throw new Error(`a rollout's worker was lost ${ATTEMPTS} times: ${why}`);
    },
    close: () => pool.destroy(),
  };
}
