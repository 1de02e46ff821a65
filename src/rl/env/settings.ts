import { catalogue } from '../../catalogue.ts';
import type { Scenario } from '../../config/experiment.ts';
import { checkExperiment } from '../../config/load.ts';
import { type RlParameters, rlSchema } from '../../config/rl-schema.ts';
import { type ActionReader, continuousActions, type DistanceRange, discreteActions, distanceRange } from './actions.ts';
import { Episode } from './episode.ts';
import { type ObservedFeature, observationBox, observedFeatures } from './features.ts';
import { createReward } from './rewards.ts';
import type { Box } from './spaces.ts';

/** Keys of an experiment's `rl:` section that shape an environment. */
export type EnvParameters = Partial<
  Pick<RlParameters, 'reward' | 'sharpe_window' | 'observation' | 'min_half_spread' | 'max_half_spread'>
>;

export interface EnvOptions extends EnvParameters {
  /** Keys of `simulator:` and `model:`, by default those of a config file. The stepped scheme is played whatever `scheme` says. */
  readonly simulator?: Readonly<Record<string, unknown>>;
  readonly model?: Readonly<Record<string, unknown>>;
  readonly seed?: number | string;
  /** Half spreads a side of a discrete action space; absent = continuous half spreads. */
  readonly levels?: number;
  /** Steps after which an episode is truncated; absent = it ends at the horizon. */
  readonly maxEpisodeSteps?: number;
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

/** @throws ConfigError naming every wrong parameter; RangeError for `levels` or `maxEpisodeSteps` */
export function envSettings(options: EnvOptions): EnvSettings {
  const { simulator = {}, model = {}, seed = 42, levels, maxEpisodeSteps, ...rl } = options;
  const document = { seed, simulator, model, strategies: ['constant'], rl };
  return scenarioEnv(checkExperiment(document, catalogue).scenarioAt({}), levels, maxEpisodeSteps);
}

/** The same for a scenario of an experiment. */
export function scenarioEnv(scenario: Scenario, levels?: number, maxEpisodeSteps?: number): EnvSettings {
  if (maxEpisodeSteps !== undefined && !(Number.isInteger(maxEpisodeSteps) && maxEpisodeSteps >= 1)) {
    throw new RangeError(`maxEpisodeSteps: expected a whole number of at least 1, got ${maxEpisodeSteps}`);
  }
  const { simulator, model } = scenario;
  const rl = rlOf(scenario);
  const features = observedFeatures(simulator, rl.observation);
  const range = distanceRange(model, rl);
  return {
    scenario,
    features,
    observationSpace: observationBox(simulator, features),
    actions: levels === undefined ? continuousActions(range) : discreteActions(range, levels),
    range,
    createEpisode: (seed) =>
      new Episode({
        scenario: { ...scenario, seed },
        features,
        reward: createReward(rl.reward, model, rl.sharpe_window),
        leastDistance: range.low,
        maxSteps: maxEpisodeSteps ?? null,
      }),
  };
}

/** A scenario's `rl:` section, or its defaults. */
export function rlOf(scenario: Scenario): RlParameters {
  return scenario.rl ?? rlSchema().parse({});
}
