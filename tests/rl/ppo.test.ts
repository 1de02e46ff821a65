import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { numpy as np } from '@jax-js/jax';
import { ONNXModel } from '@jax-js/onnx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../src/catalogue.ts';
import type { Scenario } from '../../src/config/experiment.ts';
import { checkExperiment } from '../../src/config/load.ts';
import { runBatch } from '../../src/library/run-batch.ts';
import { createEnv } from '../../src/rl/env/market-making-env.ts';
import { scenarioEnv } from '../../src/rl/env/settings.ts';
import { VectorEnv } from '../../src/rl/env/vector-env.ts';
import { evaluatePolicy, loadPolicy } from '../../src/rl/evaluate-policy.ts';
import { policyOnnx } from '../../src/rl/onnx.ts';
import { exactValue, optimumOf } from '../../src/rl/optimum.ts';
import { Ppo } from '../../src/rl/ppo/ppo.ts';
import { train } from '../../src/rl/train.ts';
import { policyJson } from '../../src/strategies/ppo/policy-file.ts';
import { PolicyNetwork } from '../../src/strategies/ppo/policy-network.ts';

const folder = path.join(os.tmpdir(), `mm-batch-ppo-${process.pid}`);
beforeAll(() => mkdirSync(folder, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const simulator = { sigma: 0.5, A: 20, k: 1.5, dt: 0.02, Q_max: 5, scheme: 'event' };
const model = { gamma: 0, running: 0.5, phi: 0.1, delta_min: null, delta_max: null };
const small = {
  reward: 'inventory_penalty',
  n_envs: 4,
  // Rollouts end in the midst of episodes of 50 steps.
  n_steps: 32,
  batch_size: 32,
  n_epochs: 2,
  net_arch: [8, 8],
  total_timesteps: 128 * 6,
};

function scenarioOf(rl: Record<string, unknown>, seed: number | string = 3): Scenario {
  return checkExperiment({ seed, simulator, model, strategies: ['constant'], rl }, catalogue).scenarioAt({});
}

describe('vectorised environments', () => {
  const settings = scenarioEnv(scenarioOf({ observation: ['time', 'inventory', 'price', 'return'] }));

  it('are the single ones side by side, with the next episode begun in the step that ends one', () => {
    const env = new VectorEnv(settings, 3, 'v');
    const singles = [0, 1, 2].map((path) => {
      const episode = settings.createEpisode('v');
      episode.start(path);
      return episode;
    });
    for (let step = 1; step <= 60; step++) {
      const actions = Float64Array.from({ length: 6 }, (_, i) => 0.4 + 0.05 * ((step + i) % 7));
      env.step(actions);
      singles.forEach((episode, i) => {
        episode.advance(actions[2 * i]!, actions[2 * i + 1]!);
        expect(env.rewards[i]).toBe(episode.reward);
        expect(env.terminated[i]).toBe(step === 50 ? 1 : 0);
        const observation = new Float64Array(4);
        episode.observe(observation, 0);
        if (step === 50) {
          expect(env.finalObservations.slice(4 * i, 4 * i + 4)).toEqual(observation);
          expect(env.episodeLengths[i]).toBe(50);
          expect(env.episodePnls[i]).toBe(episode.pnl);
          episode.start(i + 3);
          episode.observe(observation, 0);
        }
        expect(env.observations.slice(4 * i, 4 * i + 4)).toEqual(observation);
      });
    }
  });
});

describe('training', () => {
  it('gives the same files for the same seed, others for another, and after a break the same as without', async () => {
    const read = (name: string): string[] =>
      ['policy.json', 'policy.onnx', 'training.csv', 'checkpoint.json'].map((file) =>
        readFileSync(path.join(folder, name, file)).toString('base64'),
      );
    const at = (name: string) => ({ folder: path.join(folder, name), workers: 0 });
    await train(scenarioOf(small), at('whole'));
    await train(scenarioOf(small), at('again'));
    await train(scenarioOf(small, 4), at('other'));
    expect(read('again')).toEqual(read('whole'));
    expect(read('other')[0]).not.toBe(read('whole')[0]);

    const controller = new AbortController();
    const stopped = train(scenarioOf(small), {
      ...at('broken'),
      signal: controller.signal,
      onUpdate: ({ update }) => {
        if (update === 3) controller.abort(new Error('stopped'));
      },
    });
    await expect(stopped).rejects.toThrow('stopped');
    await expect(train(scenarioOf(small), at('broken'))).rejects.toThrow(/holds an unfinished training .*--resume/);
    await train(scenarioOf(small), { ...at('broken'), resume: true });
    expect(read('broken')).toEqual(read('whole'));

    const changed = scenarioOf({ ...small, learning_rate: 0.1 });
    await expect(train(changed, { ...at('whole'), resume: true })).rejects.toThrow(/another market, model, rl section/);
    await expect(train(scenarioOf(small), { ...at('none'), resume: true })).rejects.toThrow(
      /cannot read the checkpoint/,
    );
  });

  it('refuses batches that do not divide the samples of an update', async () => {
    await expect(Ppo.create(scenarioOf({ ...small, batch_size: 48 }))).rejects.toThrow(/divisor of .* = 128, got 48/);
  });

  it('learns to skew its quotes against the inventory and closes most of the gap to the optimum', async () => {
    const scenario = scenarioOf({
      reward: 'inventory_penalty',
      total_timesteps: 60_000,
      n_envs: 32,
      n_steps: 64,
      batch_size: 512,
      learning_rate: 0.006,
      learning_rate_schedule: 'linear',
      gamma: 0.97,
      gae_lambda: 0.7,
      log_std_init: -0.5,
      net_arch: [32, 32],
      min_half_spread: -0.4,
      max_half_spread: 1.7,
    });
    const ppo = await Ppo.create(scenario);
    while (ppo.timesteps < ppo.rl.total_timesteps) await ppo.update();
    const file = path.join(folder, 'learnt.json');
    writeFileSync(file, policyJson(ppo.policy()));
    const optimum = optimumOf(scenario);
    const best = 'value' in optimum ? optimum.value : Number.NaN;
    const regretOf = (type: string, source?: { file: string; sha256: string }): number => {
      const params = source === undefined ? {} : { policy: source.file };
      const strategy = { type, name: type, params, ...(source === undefined ? {} : { source }) };
      const planned = { ...scenario, index: 0, point: {} };
      return 1 - exactValue({ scenario: planned, strategy }) / best;
    };
    expect(regretOf('hjb')).toBeCloseTo(0, 9);
    const constant = regretOf('constant');
    const learnt = regretOf('ppo', { file, sha256: '' });
    expect(constant).toBeGreaterThan(0.3);
    expect(learnt).toBeLessThan(0.5 * constant);
    expect(learnt).toBeGreaterThan(0);
    const network = new PolicyNetwork(ppo.policy());
    const quotes = new Float64Array(2);
    for (const time of [0, 0.5, 0.9]) {
      const row = [-2, 0, 2].map((inventory) => {
        network.quote({ time, inventory, price: 0, return: 0 }, quotes);
        return [...quotes];
      });
      expect(row[2]![0]! - row[0]![0]!).toBeGreaterThan(0.1);
      expect(row[2]![1]! - row[0]![1]!).toBeLessThan(-0.1);
    }
  }, 120_000);
});

describe('a learnt policy', () => {
  const trained = async (observation: readonly string[], name: string, rl = {}): Promise<string> => {
    const ppo = await Ppo.create(scenarioOf({ ...small, observation, log_std_init: 0.5, learning_rate: 0.03, ...rl }));
    for (let i = 0; i < 6; i++) await ppo.update();
    const file = path.join(folder, name);
    writeFileSync(file, policyJson(ppo.policy()));
    return file;
  };

  it('quotes the same tabulated and along the path, under common random numbers', async () => {
    const policy = await trained(['time', 'inventory'], 'table.json');
    const run = (type: string) =>
      runBatch(
        {
          seed: 5,
          paths: 300,
          simulator: { ...simulator, scheme: 'stepped', tick: 1e-9 },
          model,
          strategies: [{ type, policy }],
        },
        { workers: 0 },
      );
    const [rule, walk] = (await Promise.all([run('ppo'), run('ppo_pathwise')])).map(({ scenarios }) => {
      const row = scenarios[0]?.strategies[0];
      return row?.state === 'done' ? row.summary : undefined;
    });
    expect(rule?.mean).toBeGreaterThan(0);
    // The table is read by linear interpolation in time, within 1e-5/k.
    expect(walk?.mean).toBeCloseTo(rule?.mean ?? Number.NaN, 3);
    expect(walk?.fills_mean).toBeCloseTo(rule?.fills_mean ?? Number.NaN, 1);
  });

  it('of the price is refused as a rule of time and inventory', async () => {
    const policy = await trained(['inventory', 'price', 'return'], 'price.json');
    const experiment = (type: string) => ({ paths: 10, simulator, model, strategies: [{ type, policy }] });
    const [row] = (await runBatch(experiment('ppo'), { workers: 0 })).scenarios[0]?.strategies ?? [];
    expect(row).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(/price and return.*type: ppo_pathwise/),
    });
    const [walked] = (await runBatch(experiment('ppo_pathwise'), { workers: 0 })).scenarios[0]?.strategies ?? [];
    expect(walked?.state).toBe('done');
  });

  it('in a file that is none is reported', async () => {
    const policy = path.join(folder, 'wrong.json');
    writeFileSync(policy, '{"format": "mm-batch ppo policy", "version": 2}');
    const experiment = { paths: 10, simulator, model, strategies: [{ type: 'ppo', policy }] };
    const [row] = (await runBatch(experiment, { workers: 0 })).scenarios[0]?.strategies ?? [];
    expect(row).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(/wrong.json: expected a policy file of version 1/),
    });
  });

  it.each([
    ['half spreads', {}, 20],
    ['pairs of levels', { action_levels: 5, learning_rate: 0.1 }, 2],
  ])('of %s, exported as ONNX, gives another reader the same half spreads', async (_name, rl, different) => {
    const file = await trained(['time', 'inventory', 'price'], 'onnx.json', rl);
    const policy = JSON.parse(readFileSync(file, 'utf8'));
    const network = new PolicyNetwork(policy);
    const rows = Array.from({ length: 40 }, (_, i) => ({
      time: i / 40,
      inventory: (i % 11) - 5,
      price: 99 + 0.05 * i,
      return: 0,
    }));
    const features: readonly { feature: 'time' | 'inventory' | 'price'; centre: number; scale: number }[] =
      policy.observation;
    const input = rows.flatMap((row) => features.map(({ feature, centre, scale }) => (row[feature] - centre) / scale));
    const reader = new ONNXModel(Uint8Array.from(policyOnnx(policy)));
    const { half_spreads } = reader.run({ observation: np.array(Float32Array.from(input)).reshape([40, 3]) });
    expect(half_spreads?.shape).toEqual([40, 2]);
    const read = half_spreads?.dataSync() ?? [];
    const out = new Float64Array(2);
    const seen = new Set<number>();
    rows.forEach((row, i) => {
      network.quote(row, out);
      expect(read[2 * i]).toBeCloseTo(out[0]!, 5);
      expect(read[2 * i + 1]).toBeCloseTo(out[1]!, 5);
      seen.add(Math.round(1e6 * out[0]!));
    });
    expect(seen.size).toBeGreaterThan(different);
  });
});

describe('from code', () => {
  const options = { simulator, model, seed: 3 };

  it('a learner takes an environment, and gives the policy of the experiment', async () => {
    const env = createEnv({ ...options, reward: 'inventory_penalty' });
    const { reward: _, ...learner } = small;
    const ppo = await Ppo.create(env, { ...learner, reward: 'inventory_penalty' });
    const rows: number[] = [];
    await ppo.learn(256, ({ timesteps }) => void rows.push(timesteps));
    expect(rows).toEqual([128, 256]);
    const file = path.join(folder, 'deep', 'policy.json');
    await ppo.save(file);
    const scenario = scenarioOf({ ...small, total_timesteps: 256 });
    const { policy } = await train(scenario, { folder: path.join(folder, 'same'), workers: 0 });
    const loaded = loadPolicy(file);
    expect(loaded.file).toEqual(policy);
    await expect(Ppo.create(env, { learning_rate: -1 })).rejects.toThrow(/rl.learning_rate: expected a number > 0/);

    const network = new PolicyNetwork(policy);
    const quotes = new Float64Array(2);
    network.quote({ time: 0.5, inventory: -2, price: 0, return: 0 }, quotes);
    expect(loaded.predict([0.5, -2 / 5])).toEqual(quotes);
    expect(() => loaded.predict([0.5])).toThrow(/expected 2 numbers, got 1/);
  });

  it('a policy is evaluated on the episodes of a seed', () => {
    const env = createEnv({ ...options, max_episode_steps: 10 });
    const half = { predict: () => [0.5, 0.5] };
    const { rewards, mean, se, std } = evaluatePolicy(half, env, { episodes: 4, seed: 'e' });
    const totals = [0, 1, 2, 3].map((episode) => {
      env.reset(episode === 0 ? { seed: 'e' } : {});
      let total = 0;
      for (let step = 0; step < 10; step++) total += env.step([0.5, 0.5]).reward;
      return total;
    });
    expect([...rewards]).toEqual(totals);
    const average = totals.reduce((sum, x) => sum + x, 0) / 4;
    const deviation = Math.sqrt(totals.reduce((sum, x) => sum + (x - average) ** 2, 0) / 3);
    expect(mean).toBeCloseTo(average, 12);
    expect(std).toBeCloseTo(deviation, 12);
    expect(se).toBeCloseTo(deviation / 2, 12);
    expect(() => evaluatePolicy(half, env, { episodes: 0 })).toThrow(/at least 1, got 0/);
  });

  it('the example runs', async () => {
    const out = path.join(folder, 'example');
    const script = path.resolve('examples/library/learn.ts');
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'jiti/register', script, '2048', out]);
    expect(stdout).toMatch(/half spreads at t = 0, q = 0: Float64Array\(2\) \[ 0\.[56]\d+, 0\.[67]\d+ \]/);
    expect(stdout).toMatch(/total reward 5\.\d+ ± 0\.\d+ over 200 episodes/);
    expect(stdout).toMatch(/inventory_aware falls short of the optimum by 0\.01\d+ ± 0\.00\d+ exactly 0\.0156\d+/);
  }, 120_000);
});
