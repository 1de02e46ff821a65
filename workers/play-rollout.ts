/** Worker thread entry point: a rollout's steps in some of the environments, into the shared samples. Nothing is printed. */
import { playRollout } from '../src/rl/ppo/play-rollout.ts';
import type { PlayRolloutReply, PlayRolloutRequest } from '../src/rl/ppo/rollout-request.ts';

export default (request: PlayRolloutRequest): PlayRolloutReply => {
  try {
    return { state: 'done', played: playRollout(request) };
  } catch (error) {
    return { state: 'failed', error };
  }
};
