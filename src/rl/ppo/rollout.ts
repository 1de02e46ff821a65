import { NormalStream, type NumberStream } from '../../simulate/random/path-stream.ts';
import { Role } from '../../simulate/random/roles.ts';
import type { Key } from '../../simulate/random/threefry.ts';
import { Mlp } from '../../strategies/ppo/mlp.ts';
import { distanceOf } from '../../strategies/ppo/policy-network.ts';
import { exp } from '../../util/elementary.ts';
import type { VectorEnv } from '../env/vector-env.ts';
import { generalizedAdvantages } from './gae.ts';
import type { Normaliser } from './normaliser.ts';
import { layersOf, logStdOf, type ParameterLayout } from './parameters.ts';

const HALF_LOG_2PI = 0.9189385332046728;

/** What the rollouts of an update are made with. */
export interface RolloutSettings {
  readonly steps: number;
  readonly gamma: number;
  readonly lambda: number;
}

/** Told of an episode that has ended. */
export type EpisodeListener = (reward: number, pnl: number, length: number) => void;

/** Collects the samples of an update with the present policy, in arrays that are used again. */
export class Rollout {
  /** Samples × features and so on, row by row; sample s·N + i is step s of environment i. */
  readonly observations: Float32Array;
  readonly actions: Float32Array;
  readonly logProbabilities: Float32Array;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
  readonly values: Float64Array;
  readonly #rewards: Float64Array;
  readonly #ended: Uint8Array;
  readonly #env: VectorEnv;
  readonly #normaliser: Normaliser;
  readonly #settings: RolloutSettings;
  readonly #policy: Mlp;
  readonly #critic: Mlp;
  readonly #logStd: Float32Array;
  readonly #noise: NumberStream;
  /** Normalised observations of the environments as they stand. */
  readonly #current: Float64Array;
  readonly #final: Float64Array;
  readonly #distances: Float64Array;

  /** @param parameters are read anew by each rollout */
  constructor(
    env: VectorEnv,
    normaliser: Normaliser,
    layout: ParameterLayout,
    parameters: Float32Array,
    settings: RolloutSettings,
    key: Key,
  ) {
    const samples = env.numEnvs * settings.steps;
    this.observations = new Float32Array(samples * layout.inputs);
    this.actions = new Float32Array(samples * layout.actions);
    this.logProbabilities = new Float32Array(samples);
    this.advantages = new Float32Array(samples);
    this.returns = new Float32Array(samples);
    this.values = new Float64Array(samples);
    this.#rewards = new Float64Array(samples);
    this.#ended = new Uint8Array(samples);
    this.#env = env;
    this.#normaliser = normaliser;
    this.#settings = settings;
    this.#policy = new Mlp(layersOf(layout, 'policy', parameters));
    this.#critic = new Mlp(layersOf(layout, 'value', parameters));
    this.#logStd = logStdOf(layout, parameters);
    this.#noise = new NormalStream(key, Role.policyNormal, Role.policyNormalRejected);
    this.#current = new Float64Array(env.numEnvs * layout.inputs);
    this.#final = new Float64Array(layout.inputs);
    this.#distances = new Float64Array(env.numEnvs * 2);
  }

  /** Takes note of the environments' observations at the very start. */
  begin(): void {
    this.#normaliser.see(this.#env.observations);
    this.look();
  }

  /** Normalises the environments' observations as they stand. */
  look(): void {
    const width = this.#final.length;
    for (let i = 0; i < this.#env.numEnvs; i++) {
      this.#normaliser.normalise(this.#env.observations, i * width, this.#current, i * width);
    }
  }

  /** Plays `steps` steps; `update` numbers the stretch of noise that explores. */
  collect(update: number, onEpisode: EpisodeListener): void {
    const env = this.#env;
    this.#noise.start(update, false);
    for (let s = 0; s < this.#settings.steps; s++) {
      const first = s * env.numEnvs;
      for (let i = 0; i < env.numEnvs; i++) this.#act(i, first + i);
      env.step(this.#distances);
      for (let i = 0; i < env.numEnvs; i++) {
        const ended = env.terminated[i] === 1 || env.truncated[i] === 1;
        this.#ended[first + i] = ended ? 1 : 0;
        if (ended) onEpisode(env.episodeRewards[i]!, env.episodePnls[i]!, env.episodeLengths[i]!);
      }
      this.#normaliser.see(env.observations);
      this.#normaliser.scale(env.rewards, (i) => this.#ended[first + i] === 1);
      for (let i = 0; i < env.numEnvs; i++) this.#rewards[first + i] = env.rewards[i]! + this.#valueCutOff(i);
      this.look();
    }
    const width = this.#final.length;
    const last = Float64Array.from(
      { length: env.numEnvs },
      (_, i) => this.#critic.forward(this.#current, i * width)[0]!,
    );
    const trajectories = { environments: env.numEnvs, rewards: this.#rewards, values: this.values, ended: this.#ended };
    const { gamma, lambda } = this.#settings;
    generalizedAdvantages(trajectories, last, gamma, lambda, this.advantages, this.returns);
  }

  /** Draws environment i's action and writes the sample. */
  #act(i: number, sample: number): void {
    const { low, high } = this.#env.settings.range;
    const width = this.#final.length;
    for (let j = 0; j < width; j++) this.observations[sample * width + j] = this.#current[i * width + j]!;
    const mean = this.#policy.forward(this.#current, i * width);
    let logProbability = 0;
    for (let side = 0; side < 2; side++) {
      const logStd = this.#logStd[side]!;
      const deviation = exp(logStd);
      const action = Math.fround(mean[side]! + deviation * this.#noise.next());
      const z = (action - mean[side]!) / deviation;
      logProbability -= 0.5 * z * z + logStd + HALF_LOG_2PI;
      this.actions[2 * sample + side] = action;
      this.#distances[2 * i + side] = distanceOf({ low, high }, action);
    }
    this.logProbabilities[sample] = logProbability;
    this.values[sample] = this.#critic.forward(this.#current, i * width)[0]!;
  }

  /** What a truncated episode would still have been worth, discounted by a step. */
  #valueCutOff(i: number): number {
    if (this.#env.truncated[i] !== 1) return 0;
    this.#normaliser.normalise(this.#env.finalObservations, i * this.#final.length, this.#final, 0);
    return this.#settings.gamma * this.#critic.forward(this.#final)[0]!;
  }
}
