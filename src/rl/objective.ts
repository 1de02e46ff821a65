import type { ModelParameters, Scenario } from '../config/experiment.ts';
import type { RewardType } from '../config/rl-schema.ts';
import { expm1 } from '../util/elementary.ts';
import { rlOf } from './env/settings.ts';
import { stepOptimum } from './step-optimum.ts';

/** The model whose certainty equivalent a reward adds up to. */
export function objectiveOf(reward: RewardType, model: ModelParameters): ModelParameters {
  if (reward === 'inventory_penalty') return { ...model, gamma: 0 };
  if (reward === 'pnl') return { ...model, gamma: 0, running: 0, phi: 0 };
  return model;
}

/** The largest mean total reward of episodes that any actions have; NaN where it is not known, or episodes are cut off. */
export function bestTotalReward(scenario: Scenario): number {
  const { reward, max_episode_steps } = rlOf(scenario);
  if (reward === 'sharpe' || max_episode_steps !== null) return Number.NaN;
  const model = objectiveOf(reward, scenario.model);
  const value = stepOptimum({ ...scenario, model });
  return model.gamma === 0 ? value : -expm1(-model.gamma * value) / model.gamma;
}
