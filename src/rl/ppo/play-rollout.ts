import { keyFromSeed } from '../../simulate/random/seed-key.ts';
import { Mlp } from '../../strategies/ppo/mlp.ts';
import type { Episode } from '../env/episode.ts';
import { rlOf, scenarioEnv } from '../env/settings.ts';
import { type ActionLaw, CategoricalActions, NormalActions } from './action-law.ts';
import { normalise, type Scales } from './normaliser.ts';
import { layersOf, layoutOf, logStdOf } from './parameters.ts';
import type { EndedEpisode, EnvironmentState, PlayedRollout, PlayRolloutRequest } from './rollout-request.ts';
import { type Samples, viewSamples } from './samples.ts';

/**
 * Plays the steps of a rollout in some of the environments and writes their samples. What is written is a function of the
 * request alone: an environment is brought to where it stands by replaying its episode, which costs a hundredth of playing it.
 * @throws QuoteError where a network gives no number
 */
export function playRollout(request: PlayRolloutRequest): PlayedRollout {
  const player = new Player(request);
  const environments = request.environments.map((state, j) => player.play(request.firstEnvironment + j, state));
  return { environments, episodes: player.ended };
}

/** Plays one environment after the other with the same policy. */
class Player {
  readonly ended: EndedEpisode[] = [];
  readonly #samples: Samples;
  readonly #scales: Scales;
  readonly #policy: Mlp;
  readonly #critic: Mlp;
  readonly #law: ActionLaw;
  readonly #episode: Episode;
  /** The normalised observation. */
  readonly #input: Float64Array;
  readonly #observed: Float64Array;
  readonly #distances = new Float64Array(2);
  /** Half spreads of the episode so far. */
  readonly #history: Float64Array;
  #reward = 0;

  constructor({ scenario, parameters, scales, samples }: PlayRolloutRequest) {
    const settings = scenarioEnv(scenario);
    const { action_levels } = rlOf(scenario);
    const layout = layoutOf(settings);
    const key = keyFromSeed(`${scenario.seed}/ppo`);
    this.#samples = viewSamples(samples);
    this.#scales = scales;
    this.#policy = new Mlp(layersOf(layout, 'policy', parameters));
    this.#critic = new Mlp(layersOf(layout, 'value', parameters));
    this.#law =
      action_levels === null
        ? new NormalActions(settings.range, logStdOf(layout, parameters), key)
        : new CategoricalActions(settings.range, action_levels, key);
    // Not the seed's own paths: those are for evaluation.
    this.#episode = settings.createEpisode(`${scenario.seed}/train`);
    this.#input = new Float64Array(layout.inputs);
    this.#observed = new Float64Array(layout.inputs);
    this.#history = new Float64Array(2 * this.#episode.steps);
  }

  /** Goes on in environment i; returns where it stands afterwards. */
  play(i: number, state: EnvironmentState): EnvironmentState {
    const { environments, steps, features, actions, ...samples } = this.#samples;
    const episode = this.#episode;
    const distances = this.#distances;
    let { path } = state;
    this.#resume(state);
    for (let s = 0; s < steps; s++) {
      const at = s * environments + i;
      episode.observe(samples.observations, at * features);
      normalise(this.#scales, samples.observations, at * features, this.#input, 0);
      const outputs = this.#policy.forward(this.#input);
      samples.logProbabilities[at] = this.#law.draw(outputs, samples.actionValues, at * actions, distances);
      samples.values[at] = this.#critic.forward(this.#input)[0]!;
      this.#history.set(distances, 2 * episode.step);
      this.#advance(distances[0]!, distances[1]!);
      samples.rewards[at] = episode.reward;
      samples.ended[at] = episode.terminated || episode.truncated ? 1 : 0;
      samples.cutOffValues[at] = episode.truncated ? this.#value() : 0;
      if (samples.ended[at] === 0) continue;
      this.ended.push({ step: s, environment: i, reward: this.#reward, pnl: episode.pnl, length: episode.step });
      path += environments;
      this.#resume({ path, distances: NONE });
    }
    samples.lastValues[i] = this.#value();
    return { path, distances: this.#history.slice(0, 2 * episode.step) };
  }

  #resume({ path, distances }: EnvironmentState): void {
    this.#reward = 0;
    this.#episode.start(path);
    this.#law.start(path, distances.length / 2);
    this.#history.set(distances);
    for (let at = 0; at < distances.length; at += 2) this.#advance(distances[at]!, distances[at + 1]!);
  }

  #advance(bid: number, ask: number): void {
    this.#episode.advance(bid, ask);
    this.#reward += this.#episode.reward;
  }

  /** The critic's value of where the episode stands. */
  #value(): number {
    this.#episode.observe(this.#observed, 0);
    normalise(this.#scales, this.#observed, 0, this.#input, 0);
    return this.#critic.forward(this.#input)[0]!;
  }
}

const NONE = new Float64Array(0);
