import { catalogue } from '../../catalogue.ts';
import type { Scenario } from '../../config/experiment.ts';
import { checkExperiment } from '../../config/load.ts';
import { type RlParameters, rlSchema } from '../../config/rl-schema.ts';
import type { DistanceRange } from '../../strategies/ppo/action-range.ts';
import { type ActionReader, continuousActions, discreteActions, distanceRange } from './actions.ts';
import { Episode } from './episode.ts';
import { type ObservedFeature, observationBox, observedFeatures } from './features.ts';
import { createReward } from './rewards.ts';
import type { Box } from './spaces.ts';

/** What an environment is made of: any keys of an experiment's `rl:` section, of which those of the learner are for `Ppo`. */
export interface EnvOptions extends Partial<RlParameters> {
  /** Keys of `simulator:` and `model:`, by default those of a config file. The stepped scheme is played whatever `scheme` says. */
  readonly simulator?: Readonly<Record<string, unknown>>;
  readonly model?: Readonly<Record<string, unknown>>;
  readonly seed?: number | string;
}

/** An environment's description, from which episodes are made. */
export interface EnvSettings {
  readonly scenario: Scenario;
  readonly features: readonly ObservedFeature[];
  readonly observationSpace: Box;
  readonly actions: ActionReader;
  readonly range: DistanceRange;
  createEpisode(seed: number | string): Episode;
}

/** @throws ConfigError naming every wrong parameter */
export function envSettings(options: EnvOptions): EnvSettings {
  const { simulator = {}, model = {}, seed = 42, ...rl } = options;
  const document = { seed, simulator, model, strategies: ['constant'], rl };
  return scenarioEnv(checkExperiment(document, catalogue).scenarioAt({}));
}

/** The same for a scenario of an experiment. */
export function scenarioEnv(scenario: Scenario): EnvSettings {
  const { simulator, model } = scenario;
  const rl = rlOf(scenario);
  const features = observedFeatures(simulator, rl.observation);
  const range = distanceRange(model, rl);
  return {
    scenario,
    features,
    observationSpace: observationBox(simulator, features),
    actions: rl.action_levels === null ? continuousActions(range) : discreteActions(range, rl.action_levels),
    range,
    createEpisode: (seed) =>
      new Episode({
        scenario: { ...scenario, seed },
        features,
        reward: createReward(rl.reward, model, rl.sharpe_window),
        leastDistance: range.low,
        maxSteps: rl.max_episode_steps,
      }),
  };
}

/** A scenario's `rl:` section, or its defaults. */
export function rlOf(scenario: Scenario): RlParameters {
  return scenario.rl ?? rlSchema().parse({});
}
