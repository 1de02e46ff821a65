import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../src/config/load.ts';
import { catalogue } from './config-catalogue.ts';
import { CONSTANT_KEYS, MODEL_KEYS, TOP_KEYS } from './known-keys.ts';

const BASE = 'strategies: [hjb, {type: constant, name: a.b}, {type: custom, module: m.ts}]\n';
const parse = (text: string) => parseExperiment(text, 'x.yaml', catalogue, { overrides: [] });

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Error && error.name === 'ConfigError') return error.message;
    throw error;
  }
  return 'accepted';
}

describe('sweep', () => {
  it('expands lists and ranges in the order of the file, both ends exact', () => {
    const { axes } = parse(
      `${BASE}sweep:
  simulator.sigma: {from: 0.1, to: 0.7, steps: 4}
  model.gamma: [1, 0.01]
  simulator.Q_max: [null, 5]
  strategies.a.b.skew: [0, 1]
  strategies.0x: [1]
model: {Q_max: 5}`.replace('  strategies.0x: [1]\n', ''),
    );
    expect(axes).toEqual([
      { path: 'simulator.sigma', values: [0.1, 0.1 + (0.7 - 0.1) / 3, 0.1 + ((0.7 - 0.1) * 2) / 3, 0.7] },
      { path: 'model.gamma', values: [1, 0.01] },
      { path: 'simulator.Q_max', values: [null, 5] },
      { path: 'strategies.a.b.skew', values: [0, 1] },
    ]);
  });

  it('sets a point, and the model follows the swept simulator where it has no value of its own', () => {
    const text = `${BASE}model: {A: 3}
sweep:
  simulator.sigma: [1, 2]
  simulator.A: [7]
  strategies.a.b.skew: [5]
  strategies.2.params.base_spread: [0.02]
  simulator.midprice: [binomial]
  seed: [a, 1]
  paths: [10]`;
    const experiment = parse(text);
    const point = {
      'simulator.sigma': 2,
      'simulator.A': 7,
      'strategies.a.b.skew': 5,
      'strategies.2.params.base_spread': 0.02,
      'simulator.midprice': 'binomial',
      seed: 'a',
      paths: 10,
    };
    const scenario = experiment.scenarioAt(point);
    expect(scenario.simulator).toMatchObject({ sigma: 2, A: 7, midprice: { type: 'binomial', params: {} } });
    expect(scenario.model).toMatchObject({ sigma: 2, A: 3 });
    expect(scenario.strategies[1]?.params).toEqual({ skew: 5 });
    expect(scenario.strategies[2]?.params).toEqual({ module: 'm.ts', params: { base_spread: 0.02 } });
    expect([scenario.seed, scenario.paths]).toEqual(['a', 10]);
    expect(experiment.scenarioAt({}).simulator.sigma).toBe(0.2);
    expect(experiment.scenarioAt({ 'simulator.sigma': 1 }).simulator.sigma).toBe(1);
  });

  it('checks each value of each axis by itself', () => {
    const text = `${BASE}sweep:
  model.gamma: [0, -1, 0]
  simulator.scheme: [evnt]
  paths: {from: 10, to: 11, steps: 3}
  simulator.sigma: {from: -1, to: 1, steps: 3}
  simulator.T: {from: 1, to: 1, steps: 2}
  simulator.k: 3
  simulator.mu: []
  simulator.A: {from: 1, steps: 1.5}
  simulator.S0: [[1]]`;
    expect(messageOf(() => parse(text)).split('\n')).toEqual([
      'x.yaml:3:20 model.gamma: expected a number >= 0, got -1 (0 means risk-neutral)',
      'x.yaml:3:24 model.gamma: expected values that differ, got 0 twice (keep one of them)',
      'x.yaml:4:22 simulator.scheme: expected one of "stepped", "event", got "evnt" (did you mean "event"?)',
      'x.yaml:5:36 paths: expected an integer, got 10.5',
      'x.yaml:6:27 simulator.sigma: expected a number >= 0, got -1',
      'x.yaml:7:30 simulator.T: expected values that differ, got 1 twice (keep one of them)',
      'x.yaml:8:16 sweep.simulator.k: expected a list or a mapping of keys, got 3',
      'x.yaml:9:17 sweep.simulator.mu: expected a list of at least 1 entry, got an empty list',
      'x.yaml:10:16 sweep.simulator.A.to: expected a number, got nothing',
      'x.yaml:10:33 sweep.simulator.A.steps: expected an integer, got 1.5',
      'x.yaml:11:18 sweep.simulator.S0.0: expected a number or a text or true or false or null, got a list',
    ]);
  });

  it.each([
    ['model.gama', `unknown key; did you mean "model.gamma"? (known keys: ${MODEL_KEYS})`],
    ['gamma', `unknown key; did you mean "model.gamma"? (known keys: ${TOP_KEYS})`],
    ['strategies.1.scew', `unknown key; did you mean "strategies.1.skew"? (known keys: ${CONSTANT_KEYS})`],
    ['strategies.7.skew', 'unknown key (known keys: 0 or hjb, 1 or a.b, 2 or custom)'],
    ['seed.x', 'unknown key (seed has no keys)'],
    ['model', 'is a section (sweep one of its keys, such as model.gamma)'],
    ['name', 'cannot be swept (it belongs to the whole file)'],
    ['sweep', 'cannot be swept (it belongs to the whole file)'],
    ['strategies', 'cannot be swept (sweep a parameter of a strategy, such as strategies.0.half_spread)'],
    ['strategies.a.b', 'cannot be swept (sweep a parameter of a strategy, such as strategies.0.half_spread)'],
    ['strategies.a.b.type', 'cannot be swept (sweep a parameter of a strategy, such as strategies.0.half_spread)'],
    ['__proto__', `unknown key (known keys: ${TOP_KEYS})`],
    ['""', 'unknown key (it is empty)'],
  ])('refuses the axis %s', (path, text) => {
    const key = path === '""' ? '' : path;
    expect(messageOf(() => parse(`${BASE}sweep:\n  ${path}: [1]`))).toBe(`x.yaml:3:3 sweep.${key}: ${text}`);
  });

  it('refuses two axes for one key, and more cells than can be meant', () => {
    const same = `${BASE}sweep:\n  strategies.a.b.skew: [1]\n  strategies.1.skew: [2]`;
    expect(messageOf(() => parse(same))).toBe(
      'x.yaml:4:3 sweep.strategies.1.skew: sweeps the same key as strategies.a.b.skew (keep one of them)',
    );
    const axis = '{from: 1, to: 2, steps: 500}';
    const large = `${BASE}sweep:\n  model.gamma: ${axis}\n  simulator.sigma: ${axis}`;
    expect(messageOf(() => parse(large))).toBe(
      'x.yaml:2:1 sweep: expected at most 100000 cells, got 750000 (250000 = 500 x 500 scenarios x 3 strategies)' +
        ' (take fewer values, or a sample: of so many points)',
    );
  });

  it('names the point and the place of the axis where values do not go together', () => {
    const experiment = parse(`${BASE}sweep:
  simulator.T: [1, 0.0001]
  model.gamma: {from: 0, to: 1, steps: 3}
  simulator.order_size: [1, 20]`);
    expect(messageOf(() => experiment.scenarioAt({ 'simulator.T': 0.0001, 'model.gamma': 0.5 }))).toBe(
      'x.yaml:3:20 simulator.dt: expected at most simulator.T = 0.0001, got 0.001 (give a smaller dt)' +
        ' at the sweep point simulator.T = 0.0001, model.gamma = 0.5',
    );
    expect(messageOf(() => experiment.scenarioAt({ 'simulator.order_size': 20 }))).toBe(
      'x.yaml:5:29 simulator.Q_max: expected at least order_size = 20, got 10' +
        ' (write null for no bound, or change order_size) at the sweep point simulator.order_size = 20',
    );
    expect(messageOf(() => experiment.scenarioAt({ 'model.gamma': -2 }))).toBe(
      'x.yaml:4:16 model.gamma: expected a number >= 0, got -2 (0 means risk-neutral)' +
        ' at the sweep point model.gamma = -2',
    );
    expect(messageOf(() => experiment.scenarioAt({ 'simulator.TT': 1 }))).toBe(
      'x.yaml:1:1 simulator.TT: no axis of the sweep; did you mean "simulator.T"?' +
        ' (axes: simulator.T, model.gamma, simulator.order_size)',
    );
  });
});
