import { describe, expect, it } from 'vitest';
import type { RewardType } from '../../src/config/rl-schema.ts';
import { runBatch } from '../../src/library/run-batch.ts';
import { Simulator } from '../../src/library/simulator.ts';
import { createDefaultEnv, createEnv } from '../../src/rl/env/market-making-env.ts';
import type { EnvOptions } from '../../src/rl/env/settings.ts';
import { UniformStream } from '../../src/simulate/random/path-stream.ts';
import { keyFromSeed } from '../../src/simulate/random/seed-key.ts';

const random = new UniformStream(keyFromSeed('actions'), 0);
const market = { sigma: 2, A: 140, k: 1.5, dt: 0.01, through_mid: 0 };
const model = { gamma: 0.1, running: 0.3, phi: 0.05, delta_min: null, delta_max: null };

/** What Gymnasium's `check_env` asks of an environment, and its determinism. */
function checkEnv(options: EnvOptions): void {
  const env = createEnv(options);
  expect(() => env.step([0, 0])).toThrow(/reset/);
  const { observation, info } = env.reset({ seed: 7 });
  expect(env.observationSpace.contains(observation)).toBe(true);
  expect(info.t).toBe(0);
  const twin = createEnv(options);
  expect(twin.reset({ seed: 7 })).toEqual({ observation, info });
  random.start(0, false);
  let steps = 0;
  for (;;) {
    const action = env.actionSpace.sample(random);
    expect(env.actionSpace.contains(action)).toBe(true);
    const result = env.step(action);
    expect(twin.step(action)).toEqual(result);
    expect(env.observationSpace.contains(result.observation)).toBe(true);
    expect(Number.isFinite(result.reward)).toBe(true);
    steps++;
    if (result.terminated || result.truncated) {
      expect(result.terminated && result.truncated).toBe(false);
      break;
    }
  }
  expect(() => env.step(env.actionSpace.sample(random))).toThrow(/ended/);
  const next = env.reset();
  expect(next.info.seedKey).toBe('7/1');
  expect(env.reset({ seed: 7 })).toEqual({ observation, info });
  expect(env.reset({ seed: 8 }).info.seedKey).toBe('8/0');
  expect(steps).toBe(options.max_episode_steps ?? 100);
}

describe('an environment', () => {
  it.each<[string, EnvOptions]>([
    ['pnl', { reward: 'pnl' }],
    ['sharpe', { reward: 'sharpe', sharpe_window: 10 }],
    ['inventory_penalty', { reward: 'inventory_penalty' }],
    ['exponential_utility', { reward: 'exponential_utility' }],
    ['discrete actions', { action_levels: 5 }],
    ['truncation', { max_episode_steps: 40 }],
    ['all features', { observation: ['time', 'inventory', 'price', 'return'] }],
  ])('behaves as Gymnasium asks: %s', (_name, options) => {
    checkEnv({ simulator: market, model, ...options });
  });

  it.each([
    { midprice: 'binomial' },
    { midprice: { type: 'heston', xi: 0.5 } },
    { midprice: { type: 'merton', jump_intensity: 3 } },
    { midprice: { type: 'ornstein_uhlenbeck', kappa: 2 } },
    { midprice: 'geometric' },
    { midprice: 'cev' },
    { arrivals: { type: 'hawkes', self: 0.3, cross: 0.1, decay: 20 } },
    { arrivals: 'intraday' },
    { depth: 'power_law' },
    { tick: 0.1, latency: 0.02, maker_fee: 0.01, impact: 0.01 },
    { fill: 'linear', Q_max: null },
    { order_size: 2, q0: -4, scheme: 'event' },
  ])('has every market of the simulator: %j', (part) => {
    checkEnv({ simulator: { ...market, ...part }, model: { ...model, Q_max: 10 } });
  });

  it.each([{}, { action_levels: 4 }])('has an action space that is sampled from its seed: %j', (options) => {
    const draws = (seed?: number): unknown[] => {
      const { actionSpace } = createEnv({ simulator: market, model, ...options });
      if (seed !== undefined) actionSpace.seed(seed);
      return Array.from({ length: 30 }, () => {
        const action = actionSpace.sample();
        expect(actionSpace.contains(action)).toBe(true);
        return action;
      });
    };
    expect(draws(1)).toEqual(draws(1));
    expect(draws(1)).not.toEqual(draws(2));
    expect(draws()).toEqual(draws(0));
    expect(new Set(draws(1).map(String)).size).toBeGreaterThan(10);
  });

  it('terminates at the horizon and truncates before it', () => {
    const whole = createEnv({ simulator: market, model });
    whole.reset();
    const cut = createEnv({ simulator: market, model, max_episode_steps: 100 });
    cut.reset();
    for (let i = 1; i <= 100; i++) {
      const { terminated, truncated, info } = whole.step([0.6, 0.6]);
      expect([terminated, truncated]).toEqual([i === 100, false]);
      // The limit falls on the horizon, which wins.
      expect(cut.step([0.6, 0.6])).toMatchObject({ terminated, truncated });
      expect(info.t).toBeCloseTo(i / 100, 12);
    }
  });

  it('has the defaults of the simulator and the model', () => {
    const env = createDefaultEnv({ reward: 'inventory_penalty', seed: 42 });
    expect(env.actionSpace).toMatchObject({ type: 'box', shape: [2] });
    expect(env.actionSpace.contains([0.001, 0.1])).toBe(true);
    expect(env.actionSpace.contains([0.0009, 0.1])).toBe(false);
    env.reset();
    let steps = 1;
    while (!env.step([0.1, 0.1]).terminated) steps++;
    expect(steps).toBe(1000);
  });

  it('refuses what is no action and no parameter, and clips half spreads to its space', () => {
    const env = createEnv({ simulator: market, model });
    env.reset();
    expect(() => env.step([0.1])).toThrow(/expected 2 numbers, got 1/);
    expect(() => env.step([0.1, Number.NaN])).toThrow(/finite half spreads, got NaN/);
    const levels = createEnv({ simulator: market, model, action_levels: 3 });
    levels.reset();
    expect(() => levels.step(9)).toThrow(/integer from 0 to 8, got 9/);
    expect(() => createEnv({ simulator: { sigma: -1 } })).toThrow(/simulator.sigma/);
    expect(() => createEnv({ observation: [] })).toThrow(/rl.observation/);
    expect(() => createEnv({ min_half_spread: 2, max_half_spread: 1 })).toThrow(/rl.max_half_spread/);
    const far = createEnv({ simulator: market, model, seed: 3 });
    far.reset();
    env.reset({ seed: 3 });
    const { low, high } = env.actionSpace.type === 'box' ? env.actionSpace : { low: [0], high: [0] };
    for (let i = 0; i < 50; i++) expect(far.step([-99, 99])).toEqual(env.step([low[0]!, high[0]!]));
  });
});

describe('an episode', () => {
  const rates = {
    ...market,
    midprice: { type: 'heston', xi: 0.05 },
    arrivals: { type: 'hawkes', self: 0.3, decay: 20 },
    tick: 0.05,
    latency: 0.02,
  };

  it('is the path of the batch with the same seed', () => {
    const env = createEnv({ simulator: rates, model, seed: 5, min_half_spread: 0, max_half_spread: 2 });
    const simulator = new Simulator({ ...rates, seed: 5 });
    for (let path = 0; path < 3; path++) {
      env.reset();
      let result = env.step([0.5, 0.7]);
      while (!result.terminated) result = env.step([0.5, 0.7]);
      const batch = simulator.runSimulation((_t, _q, S) => [S - 0.5, S + 0.7]);
      expect(result.info.pnl).toBeCloseTo(batch.finalPnl, 9);
      expect(result.info.inventory).toBe(batch.finalInventory);
      expect(result.info.seedKey).toBe(batch.seedKey);
    }
  });

  it('pays rewards that sum to the objectives of the batch', async () => {
    const half = 0.6;
    const experiment = {
      seed: 9,
      paths: 200,
      simulator: { ...market, tick: 1e-9 },
      model: { ...model, gamma: 0 },
      strategies: [
        { type: 'constant', half_spread: half, name: 'neutral' },
        { type: 'constant', half_spread: half, name: 'averse', model: { gamma: 0.02 } },
      ],
    };
    const [scenario] = (await runBatch(experiment, { workers: 0 })).scenarios;
    const figures = scenario?.strategies.map((row) => (row.state === 'done' ? row.summary : undefined)) ?? [];
    const meanOf = (reward: RewardType, gamma: number): number => {
      const env = createEnv({ simulator: experiment.simulator, model: { ...model, gamma }, reward, seed: 9 });
      let total = 0;
      for (let path = 0; path < 200; path++) {
        env.reset();
        for (;;) {
          const { reward: paid, terminated } = env.step([half, half]);
          total += paid;
          if (terminated) break;
        }
      }
      return total / 200;
    };
    expect(meanOf('pnl', 0)).toBeCloseTo(figures[0]?.mean ?? 0, 5);
    expect(meanOf('inventory_penalty', 0)).toBeCloseTo(figures[0]?.certainty_equivalent ?? 0, 5);
    expect(meanOf('exponential_utility', 0)).toBeCloseTo(figures[0]?.certainty_equivalent ?? 0, 5);
    const utility = meanOf('exponential_utility', 0.02);
    expect(-Math.log(1 - 0.02 * utility) / 0.02).toBeCloseTo(figures[1]?.certainty_equivalent ?? 0, 4);
  });

  it('pays the Sharpe ratio of the latest changes of PnL', () => {
    const window = 8;
    const env = createEnv({ simulator: market, model, reward: 'sharpe', sharpe_window: window });
    env.reset();
    const changes: number[] = [];
    let last = 0;
    for (let i = 0; i < 40; i++) {
      const { reward, info } = env.step([0.6, 0.6]);
      changes.push(info.pnl - last);
      last = info.pnl;
      const recent = changes.slice(-window);
      const mean = recent.reduce((sum, x) => sum + x, 0) / recent.length;
      const variance = recent.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (recent.length - 1);
      if (i === 0) expect(reward).toBe(0);
      else expect(reward).toBeCloseTo(mean / Math.sqrt(variance), 9);
    }
  });
});
