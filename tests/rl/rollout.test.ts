import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/catalogue.ts';
import type { Scenario } from '../../src/config/experiment.ts';
import { checkExperiment } from '../../src/config/load.ts';
import { scenarioEnv } from '../../src/rl/env/settings.ts';
import { VectorEnv } from '../../src/rl/env/vector-env.ts';
import { type ActionLaw, CategoricalActions, NormalActions } from '../../src/rl/ppo/action-law.ts';
import { initialParameters, layoutOf } from '../../src/rl/ppo/parameters.ts';
import { playRollout } from '../../src/rl/ppo/play-rollout.ts';
import { Ppo } from '../../src/rl/ppo/ppo.ts';
import type { EndedEpisode, EnvironmentState } from '../../src/rl/ppo/rollout-request.ts';
import { allocateSamples, type Samples, viewSamples } from '../../src/rl/ppo/samples.ts';
import { NormalStream } from '../../src/simulate/random/path-stream.ts';
import { keyFromSeed } from '../../src/simulate/random/seed-key.ts';
import { distanceOf, readLevels } from '../../src/strategies/ppo/action-range.ts';

const ENVIRONMENTS = 5;

function scenarioOf(rl: Record<string, unknown>): Scenario {
  const simulator = {
    sigma: 0.5,
    A: 20,
    k: 1.5,
    dt: 0.02,
    Q_max: 5,
    arrivals: { type: 'hawkes', self: 0.3, decay: 9 },
  };
  const model = { gamma: 0, running: 0.5, phi: 0.1, delta_min: null, delta_max: null };
  const section = { reward: 'inventory_penalty', net_arch: [8, 8], n_envs: ENVIRONMENTS, ...rl };
  return checkExperiment({ seed: 3, simulator, model, strategies: ['constant'], rl: section }, catalogue).scenarioAt(
    {},
  );
}

/** Samples and ends of rollouts of so many steps, environments split into requests at `bounds`. */
function play(scenario: Scenario, rollouts: readonly number[], bounds: readonly number[]) {
  const layout = layoutOf(scenarioEnv(scenario));
  const normals = new NormalStream(keyFromSeed('weights'), 0, 1);
  normals.start(0, false);
  const parameters = initialParameters(layout, -1, normals).map((x) => x + 0.1 * normals.next());
  const scales = { mean: Float64Array.of(0.5, 0.1), std: Float64Array.of(0.3, 0.6) };
  let states: EnvironmentState[] = Array.from({ length: ENVIRONMENTS }, (_, path) => ({
    path,
    distances: new Float64Array(0),
  }));
  const episodes: EndedEpisode[] = [];
  let before = 0;
  const samples = rollouts.map((steps): Samples => {
    const { inputs: features, actions } = layout;
    const buffer = allocateSamples({ environments: ENVIRONMENTS, steps, features, actions });
    // The last environments first, as another thread may be faster.
    const parts = bounds.slice(1).map((end, part) => {
      const first = bounds[part]!;
      return { firstEnvironment: first, environments: states.slice(first, end) };
    });
    const played = parts
      .toReversed()
      .map((part) => playRollout({ scenario, parameters, scales, samples: buffer, ...part }));
    states = played.toReversed().flatMap(({ environments }) => environments);
    for (const { episodes: ended } of played) episodes.push(...ended.map((e) => ({ ...e, step: e.step + before })));
    before += steps;
    return viewSamples(buffer);
  });
  return {
    states,
    episodes: episodes.toSorted((a, b) => a.step - b.step || a.environment - b.environment),
    columns: (['observations', 'actionValues', 'logProbabilities', 'values', 'rewards', 'ended'] as const).map((name) =>
      samples.flatMap((part) => [...part[name]]),
    ),
    last: samples.at(-1),
  };
}

describe.each([
  ['half spreads', {}],
  ['pairs of levels', { action_levels: 4 }],
  ['episodes that are cut off', { max_episode_steps: 20 }],
])('a rollout of %s', (_name, rl) => {
  const scenario = scenarioOf(rl);
  const whole = play(scenario, [130], [0, 5]);

  it('is the same however it is cut into environments and into time', () => {
    const { last: _, ...parts } = play(scenario, [30, 57, 43], [0, 1, 3, 5]);
    const { last: __, ...expected } = whole;
    expect(parts).toEqual(expected);
  });

  it('is what the vectorised environment gives for its actions', () => {
    const settings = scenarioEnv(scenario);
    const env = new VectorEnv(settings, ENVIRONMENTS, '3/train');
    const { actionValues, actions, rewards, ended, observations, cutOffValues } = whole.last!;
    const distances = new Float64Array(2);
    let ends = 0;
    for (let s = 0; s < 130; s++) {
      expect(observations.slice(s * ENVIRONMENTS * 2, (s + 1) * ENVIRONMENTS * 2)).toEqual(env.observations);
      const given = Array.from({ length: ENVIRONMENTS }, (_, i) => {
        const at = (s * ENVIRONMENTS + i) * actions;
        if (actions === 1) return [actionValues[at]!];
        for (let side = 0; side < 2; side++) distances[side] = distanceOf(settings.range, actionValues[at + side]!);
        return [...distances];
      });
      env.step(given.flat());
      for (let i = 0; i < ENVIRONMENTS; i++) {
        const at = s * ENVIRONMENTS + i;
        expect(rewards[at]).toBe(env.rewards[i]);
        expect(ended[at]).toBe(env.terminated[i]! | env.truncated[i]!);
        // What a cut off episode would still be worth counts; after the horizon there is nothing.
        expect(cutOffValues[at] !== 0).toBe(env.truncated[i] === 1);
        if (ended[at] === 0) continue;
        expect(whole.episodes[ends++]).toEqual({
          step: s,
          environment: i,
          reward: env.episodeRewards[i],
          pnl: env.episodePnls[i],
          length: env.episodeLengths[i],
        });
      }
    }
    expect(ends).toBe(whole.episodes.length);
  });

  it('tells the probabilities that the loss finds', async () => {
    // One batch and one epoch: the policy has not moved when the ratio is taken.
    const one = scenarioOf({ ...rl, n_steps: 40, batch_size: 200, n_epochs: 1 });
    const { approx_kl, clip_fraction, entropy_loss } = await (await Ppo.create(one)).update();
    expect(Math.abs(approx_kl)).toBeLessThan(1e-6);
    expect(clip_fraction).toBe(0);
    // The last layer begins near 0: standard normals, or equal chances.
    const entropy = 'action_levels' in rl ? Math.log(16) : Math.log(2 * Math.PI * Math.E);
    expect(entropy_loss).toBeCloseTo(-entropy, 3);
  });
});

describe('exploring actions', () => {
  const range = { low: -1, high: 3 };
  const distances = new Float64Array(2);
  const DRAWS = 20_000;
  const outputsOf = (law: ActionLaw, outputs: Float64Array, size: number): Float32Array => {
    const actions = new Float32Array(size * DRAWS);
    law.start(4, 0);
    for (let i = 0; i < DRAWS; i++) law.draw(outputs, actions, size * i, distances);
    return actions;
  };

  it('are normal with the mean and deviation of the policy', () => {
    const logStd = Float32Array.of(-0.7, 0.2);
    const drawn = outputsOf(new NormalActions(range, logStd, keyFromSeed('n')), Float64Array.of(0.3, -0.5), 2);
    for (const [side, mean] of [0.3, -0.5].entries()) {
      const z = Array.from({ length: DRAWS }, (_, i) => (drawn[2 * i + side]! - mean) / Math.exp(logStd[side]!));
      const moment = (power: number): number => z.reduce((sum, x) => sum + x ** power, 0) / DRAWS;
      // Within 4 standard errors of 0 and 1.
      expect(Math.abs(moment(1))).toBeLessThan(4 / Math.sqrt(DRAWS));
      expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / DRAWS));
    }
  });

  it('are levels with the probabilities of the policy', () => {
    const outputs = Float64Array.of(1, 700, 699, 698.5);
    const drawn = outputsOf(new CategoricalActions(range, 2, keyFromSeed('c')), outputs, 1);
    const weights = [...outputs].map((output) => Math.exp(output - 700));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    weights.forEach((weight, action) => {
      const p = weight / total;
      const share = drawn.reduce((sum, a) => sum + (a === action ? 1 : 0), 0) / DRAWS;
      expect(Math.abs(share - p)).toBeLessThanOrEqual(4 * Math.sqrt((p * (1 - p)) / DRAWS));
    });
    readLevels(range, 2, 2, distances);
    expect([...distances]).toEqual([3, -1]);
  });

  it('go on in the midst of an episode where they were', () => {
    for (const law of [
      new NormalActions(range, Float32Array.of(0, 0), keyFromSeed('s')),
      new CategoricalActions(range, 3, keyFromSeed('s')),
    ]) {
      const outputs = new Float64Array(9);
      const numbers = (start: number): number[] => {
        law.start(11, start);
        const actions = new Float32Array(200);
        for (let i = 0; i < 100; i++) law.draw(outputs, actions, i, distances);
        return [...actions];
      };
      expect(numbers(37).slice(0, 60)).toEqual(numbers(0).slice(37, 97));
    }
  });
});
