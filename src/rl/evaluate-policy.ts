import { centralMoments, sampleStd, standardErrorOfMean } from '../aggregate/moments.ts';
import { type PolicyFile, readPolicyFile } from '../strategies/ppo/policy-file.ts';
import { PolicyNetwork } from '../strategies/ppo/policy-network.ts';
import type { MarketMakingEnv } from './env/market-making-env.ts';

/** Acts by what it observes. */
export interface ActingPolicy {
  /** An action of the environment for one of its observations. */
  predict(observation: Float64Array): ArrayLike<number> | number;
}

/** A policy that was learnt, without exploration: its mean action, or the most likely one. */
export class LearntPolicy implements ActingPolicy {
  readonly file: PolicyFile;
  readonly #network: PolicyNetwork;

  /** @throws RangeError where the parts of the policy do not fit together */
  constructor(file: PolicyFile) {
    this.file = file;
    this.#network = new PolicyNetwork(file);
  }

  /** @throws RangeError for an observation of another length */
  predict(observation: ArrayLike<number>): Float64Array | number {
    return this.#network.predict(observation);
  }
}

/** Reads a policy file that `train` or `Ppo.save` wrote. Throws ConfigError where it is none. */
export function loadPolicy(file: string): LearntPolicy {
  return new LearntPolicy(readPolicyFile(file));
}

/** Total rewards of episodes. */
export interface PolicyRewards {
  /** One an episode. */
  readonly rewards: Float64Array;
  readonly mean: number;
  /** Standard error of the mean, and sample standard deviation; NaN for one episode. */
  readonly se: number;
  readonly std: number;
}

/**
 * Plays episodes of an environment with a policy: the first ones of `seed` where it is given, else the environment's next ones.
 * @throws RangeError for less than one episode
 */
export function evaluatePolicy(
  policy: ActingPolicy,
  env: MarketMakingEnv,
  { episodes = 10, seed }: { readonly episodes?: number; readonly seed?: number | string } = {},
): PolicyRewards {
  if (!Number.isInteger(episodes) || episodes < 1) {
    throw new RangeError(`episodes: expected a whole number of at least 1, got ${episodes}`);
  }
  const rewards = Float64Array.from({ length: episodes }, (_, episode) => {
    let { observation } = env.reset(episode === 0 && seed !== undefined ? { seed } : {});
    let total = 0;
    for (;;) {
      const step = env.step(policy.predict(observation));
      total += step.reward;
      observation = step.observation;
      if (step.terminated || step.truncated) return total;
    }
  });
  const moments = centralMoments(rewards);
  return { rewards, mean: moments.mean, se: standardErrorOfMean(moments), std: sampleStd(moments) };
}
