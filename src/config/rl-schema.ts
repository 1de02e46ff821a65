import { z } from 'zod';
import { finite, hints, MAX_RATE, nonNegative, positive } from './fields.ts';

/** What a learner is paid for, step by step. */
export const REWARDS = ['pnl', 'sharpe', 'inventory_penalty', 'exponential_utility'] as const;
export type RewardType = (typeof REWARDS)[number];

/** What a learner may look at. */
export const FEATURES = ['time', 'inventory', 'price', 'return'] as const;
export type Feature = (typeof FEATURES)[number];

/** `rl:`: the learning environment and PPO, with the names and defaults of Stable-Baselines3. */
export function rlSchema() {
  return z
    .strictObject({
      reward: z
        .enum(REWARDS)
        .describe(
          'pnl: change of PnL; sharpe: Sharpe ratio of the latest changes; inventory_penalty: pnl - model.running q^2 dt, ' +
            'at the end - model.phi q^2; exponential_utility: change of the CARA utility of PnL less these costs',
        )
        .default('pnl'),
      sharpe_window: z
        .int()
        .min(2)
        .max(1e6)
        .describe('reward sharpe: changes of PnL looked back on, steps')
        .default(50),
      observation: z
        .array(z.enum(FEATURES))
        .min(1)
        .describe(
          'what the policy sees: time t/T, inventory q/Q_max, price (S - S0)/(sigma sqrt(T)), return: latest move/(sigma sqrt(dt))',
        )
        .default(['time', 'inventory']),
      min_half_spread: finite(
        'least distance that an action can quote, price units; default: model.delta_min, or the myopic half spread - 1/k',
      ).optional(),
      max_half_spread: finite(
        'greatest distance that an action can quote, price units; default: model.delta_max, or the myopic half spread + 1/k',
      ).optional(),
      action_levels: z
        .int()
        .min(2)
        .max(100)
        .describe('half spreads a side that actions choose among (n^2 discrete actions); null = any in the range')
        .nullable()
        .default(null),
      max_episode_steps: z
        .int()
        .min(1)
        .max(1e8)
        .describe('steps after which an episode is truncated; null = it ends at the horizon')
        .nullable()
        .default(null),
      total_timesteps: z.int().min(1).max(1e10).describe('steps of all environments together').default(100_000),
      n_envs: z.int().min(1).max(10_000).describe('environments stepped side by side').default(1),
      n_steps: z.int().min(1).max(1e6).describe('steps of each environment between updates').default(2048),
      batch_size: z
        .int()
        .min(2)
        .max(1e6)
        .describe('samples of a gradient step: a divisor of n_envs x n_steps')
        .default(64),
      n_epochs: z.int().min(1).max(1000).describe('passes over the samples of an update').default(10),
      learning_rate: positive("Adam's step size", MAX_RATE).default(3e-4),
      learning_rate_schedule: z
        .enum(['constant', 'linear'])
        .describe('linear: falls to 0 at total_timesteps')
        .default('constant'),
      gamma: z.number().min(0).max(1).describe('discount of a step').default(0.99),
      gae_lambda: z.number().min(0).max(1).describe('bias against variance of the advantages (GAE)').default(0.95),
      clip_range: positive('clipping of the probability ratio').default(0.2),
      ent_coef: nonNegative('weight of the entropy bonus').default(0),
      vf_coef: nonNegative('weight of the value loss').default(0.5),
      max_grad_norm: positive('clipping of the norm of the gradient').default(0.5),
      normalize_advantage: z.boolean().describe('advantages of a batch to mean 0 and variance 1').default(true),
      target_kl: positive('an update ends early where the policy has moved 1.5 times this far; null = never')
        .register(hints, { cure: 'write null for never' })
        .nullable()
        .default(null),
      log_std_init: z
        .number()
        .min(-20)
        .max(2)
        .describe('initial log standard deviation of the actions, in halves of the action range')
        .default(0),
      net_arch: z
        .array(z.int().min(1).max(4096))
        .max(8)
        .describe('hidden layers (tanh) of the policy and of the value network')
        .default([64, 64]),
      normalize_observations: z
        .boolean()
        .describe('observations to running mean 0 and variance 1 (VecNormalize)')
        .default(true),
      normalize_rewards: z
        .boolean()
        .describe('rewards divided by the running deviation of the discounted return (VecNormalize)')
        .default(true),
      checkpoint_every: z.int().min(1).describe('updates between checkpoints').default(10),
    })
    .describe('reinforcement learning: the environment and PPO (train, evaluate)');
}

/** The section, checked, every default filled in. */
export type RlParameters = z.output<ReturnType<typeof rlSchema>>;
