import type { Scenario } from '../../config/experiment.ts';
import { rlOf } from '../env/settings.ts';
import { generalizedAdvantages } from './gae.ts';
import type { Batch } from './learner.ts';
import { type Normaliser, normalise } from './normaliser.ts';
import type { ParameterLayout } from './parameters.ts';
import type { RolloutExecutor } from './rollout-executor.ts';
import type { EndedEpisode, EnvironmentState, PlayRolloutRequest } from './rollout-request.ts';
import { allocateSamples, type Samples, viewSamples } from './samples.ts';

/** Collects the samples of an update with the present policy, in arrays that are used again. */
export class Rollout implements Batch {
  /** Samples × features and so on, row by row; sample s × n_envs + i is step s of environment i. */
  readonly observations: Float32Array;
  readonly actions: Float32Array;
  readonly logProbabilities: Float32Array;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
  readonly values: Float64Array;
  /** Where the environments stand: environment i plays paths i, i + n_envs, … */
  environments: readonly EnvironmentState[];
  readonly #scenario: Scenario;
  readonly #normaliser: Normaliser;
  readonly #parameters: Float32Array;
  readonly #executor: RolloutExecutor;
  readonly #buffer: SharedArrayBuffer;
  readonly #samples: Samples;

  /** @param parameters are read anew by each rollout */
  constructor(
    scenario: Scenario,
    normaliser: Normaliser,
    { inputs, actions }: ParameterLayout,
    parameters: Float32Array,
    executor: RolloutExecutor,
  ) {
    const { n_envs, n_steps } = rlOf(scenario);
    this.#scenario = scenario;
    this.#normaliser = normaliser;
    this.#parameters = parameters;
    this.#executor = executor;
    this.#buffer = allocateSamples({ environments: n_envs, steps: n_steps, features: inputs, actions });
    this.#samples = viewSamples(this.#buffer);
    const count = n_envs * n_steps;
    this.observations = new Float32Array(count * inputs);
    this.actions = this.#samples.actionValues;
    this.logProbabilities = this.#samples.logProbabilities;
    this.values = this.#samples.values;
    this.advantages = new Float32Array(count);
    this.returns = new Float32Array(count);
    this.environments = Array.from({ length: n_envs }, (_, path) => ({ path, distances: new Float64Array(0) }));
  }

  /** Plays n_steps in every environment; gives the episodes that ended, in the order in which they would side by side. */
  async collect(): Promise<EndedEpisode[]> {
    const { features, environments, rewards, ended, cutOffValues, lastValues, observations } = this.#samples;
    this.#normaliser.update();
    const played = await Promise.all(this.#requests().map((request) => this.#executor.play(request)));
    this.environments = played.flatMap((part) => part.environments);
    const { scales } = this.#normaliser;
    for (let at = 0; at < observations.length; at += features) {
      normalise(scales, observations, at, this.observations, at);
    }
    this.#normaliser.see(observations);
    this.#normaliser.scale(rewards, ended);
    const { gamma, gae_lambda } = rlOf(this.#scenario);
    for (let at = 0; at < rewards.length; at++) rewards[at] = rewards[at]! + gamma * cutOffValues[at]!;
    const trajectories = { environments, rewards, values: this.values, ended };
    generalizedAdvantages(trajectories, lastValues, gamma, gae_lambda, this.advantages, this.returns);
    return played.flatMap((part) => part.episodes).sort((a, b) => a.step - b.step || a.environment - b.environment);
  }

  /** Neighbouring environments together, as many requests as keep every thread busy. */
  #requests(): PlayRolloutRequest[] {
    const { environments } = this;
    const parts = Math.min(this.#executor.capacity, environments.length);
    const bound = (part: number): number => Math.floor((part * environments.length) / parts);
    return Array.from({ length: parts }, (_, part) => ({
      scenario: this.#scenario,
      parameters: this.#parameters,
      scales: this.#normaliser.scales,
      firstEnvironment: bound(part),
      environments: environments.slice(bound(part), bound(part + 1)),
      samples: this.#buffer,
    }));
  }
}
