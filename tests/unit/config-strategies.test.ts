import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../src/config/load.ts';
import { ConfigError } from '../../src/util/errors.ts';
import { catalogue } from './config-catalogue.ts';
import { CONSTANT_KEYS, MODEL_KEYS } from './known-keys.ts';

const parse = (text: string, overrides: readonly string[] = []) =>
  parseExperiment(text, 'x.yaml', catalogue, { overrides });

function linesOf(text: string): string[] {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('keys of every strategy', () => {
  const text = `
simulator: {sigma: 2, A: 140, k: 1.5, maker_fee: 0.01, impact: 0.02}
model: {gamma: 0.1, sigma: 3, delta_max: 1}
strategies:
  - hjb
  - {type: hjb, name: bold, model: {gamma: 0, delta_max: null, A: 100}, min_distance: -0.5}
  - {type: constant, half_spread: 1, model: {}, one_sided_at: 4, max_distance: 2}`;

  it('a model of its own stands on the model section, limits are null where not written', () => {
    const { model, strategies } = parse(text).scenarioAt({});
    expect(model).toMatchObject({ maker_fee: 0.01, impact: 0.02, gamma: 0.1, sigma: 3 });
    expect(strategies).toEqual([
      { type: 'hjb', name: 'hjb', params: {} },
      {
        type: 'hjb',
        name: 'bold',
        params: {},
        model: { ...model, gamma: 0, delta_max: null, A: 100 },
        limits: { min_distance: -0.5, max_distance: null, one_sided_at: null },
      },
      {
        type: 'constant',
        name: 'constant',
        params: { half_spread: 1, skew: 0 },
        model,
        limits: { min_distance: null, max_distance: 2, one_sided_at: 4 },
      },
    ]);
  });

  it('can be swept and overridden by dotted path, bare names too', () => {
    const file = parse(
      `${text}\nsweep: {strategies.bold.model.gamma: [0, 1], strategies.0.model.gamma: [2], strategies.constant.one_sided_at: [1, 3]}`,
      ['strategies.constant.max_distance=5'],
    );
    const point = {
      'strategies.bold.model.gamma': 1,
      'strategies.0.model.gamma': 2,
      'strategies.constant.one_sided_at': 3,
    };
    const { strategies } = file.scenarioAt(point);
    expect(strategies.map(({ model }) => model?.gamma)).toEqual([2, 1, 0.1]);
    expect(strategies[2]?.limits).toEqual({ min_distance: null, max_distance: 5, one_sided_at: 3 });
  });
});

describe('messages', () => {
  it('names what is wrong with a strategy by position', () => {
    const lines = linesOf(`simulator: {q0: 3}
model: {Q_max: 20}
strategies:
  - {type: hjb, model: {gama: 1, dt: 1e-10, Q_max: 2}}
  - {type: constant, model: {gamma: -1, delta_min: 2}, one_side_at: 3, min_distance: 2, max_distance: 1}
  - {type: constant, name: b, model: 3, one_sided_at: 0}
  - {type: constant, name: c, model: {delta_max: -1, order_size: 30}}
`);
    expect(lines).toEqual([
      `x.yaml:4:25 strategies.0.model.gama: unknown key; did you mean "gamma"? (known keys: ${MODEL_KEYS})`,
      'x.yaml:4:38 strategies.0.model.dt: expected at least T / 1e8 = 1e-8, got 1e-10 (more than 1e8 time steps)',
      'x.yaml:4:52 strategies.0.model.Q_max: expected at least the initial inventory, simulator.q0 = 3, in size, got 2 (raise it or start nearer to 0)',
      'x.yaml:5:37 strategies.1.model.gamma: expected a number >= 0, got -1 (0 means risk-neutral)',
      'x.yaml:5:52 strategies.1.model.delta_min: expected at most strategies.1.model.delta_max = 0.1, got 2 (null means unbounded)',
      `x.yaml:5:56 strategies.1.one_side_at: unknown key; did you mean "one_sided_at"? (known keys: ${CONSTANT_KEYS})`,
      'x.yaml:5:86 strategies.1.min_distance: expected at most strategies.1.max_distance = 1, got 2 (swap them, or leave one out)',
      'x.yaml:6:38 strategies.2.model: expected a mapping of keys, got 3',
      'x.yaml:6:55 strategies.2.one_sided_at: expected a number > 0, got 0',
      'x.yaml:7:50 strategies.3.model.delta_min: expected at most strategies.3.model.delta_max = -1, got 0.001 (null means unbounded)',
      'x.yaml:7:66 strategies.3.model.Q_max: expected at least order_size = 30, got 20 (change strategies.3.model.Q_max or strategies.3.model.order_size)',
    ]);
  });

  it('does not repeat for a strategy what is wrong with the model section', () => {
    expect(linesOf('model: {delta_min: 1}\nstrategies: [{type: hjb, model: {gamma: 1}}]')).toEqual([
      'x.yaml:1:20 model.delta_min: expected at most model.delta_max = 0.1, got 1 (null means unbounded)',
    ]);
  });

  it('asks for a bound of the grid only where a strategy has none of its own', () => {
    const market = 'simulator: {Q_max: null}\n';
    expect(linesOf(`${market}strategies: [constant, {type: hjb, model: {Q_max: 5}}]`)).toEqual([]);
    expect(linesOf(`${market}strategies: [hjb, {type: hjb, name: b, model: {Q_max: 5}}]`)).toEqual([
      'x.yaml:1:20 model.Q_max: expected a number > 0, because simulator.Q_max is null, got nothing (the quote grid needs a bound: add model.Q_max)',
    ]);
  });

  it.each([
    ['simulator: {impact: -0.1}', 'x.yaml:1:21 simulator.impact: expected a number >= 0, got -0.1'],
    [
      'simulator: {maker_fee: free}',
      'x.yaml:1:24 simulator.maker_fee: expected a number, got "free" (write a number such as 0.5 or 1e-3)',
    ],
    ['model: {impact: -1}', 'x.yaml:1:17 model.impact: expected a number >= 0, got -1'],
  ])('%s', (text, line) => {
    expect(linesOf(`${text}\nstrategies: [hjb]`)).toEqual([line]);
  });
});
