import { describe, expect, it } from 'vitest';
import { type LoadOptions, parseExperiment } from '../../src/config/load.ts';
import { catalogue } from './config-catalogue.ts';
import { SIMULATOR_KEYS, TOP_KEYS } from './known-keys.ts';

const TEXT = `paths: 50
model: {gamma: 1}
strategies: [hjb, {type: constant, half_spread: 2}]
sweep: {model.phi: [0, 1]}
`;
const load = (overrides: readonly string[], more: Omit<LoadOptions, 'overrides'> = {}) =>
  parseExperiment(TEXT, 'x.yaml', catalogue, { overrides, ...more });

function linesOf(overrides: readonly string[], more: Omit<LoadOptions, 'overrides'> = {}): string[] {
  try {
    load(overrides, more);
  } catch (error) {
    if (error instanceof Error && error.name === 'ConfigError') return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('overrides', () => {
  it('replace the file, the later one of two; --paths and --seed come last', () => {
    const { simulator, model, paths, seed, strategies } = load(
      [
        'simulator.sigma=0.3',
        'model.gamma=2',
        'model.gamma=3',
        'paths=60',
        'strategies.1.half_spread=1',
        'strategies.constant.skew=0.5',
        'strategies.hjb.name=best',
        'simulator.Q_max=null',
        'model.Q_max=7',
      ],
      { paths: 70, seed: '-12' },
    ).scenarioAt({});
    expect(simulator).toMatchObject({ sigma: 0.3, Q_max: null });
    expect(model).toMatchObject({ sigma: 0.3, gamma: 3, Q_max: 7 });
    expect([paths, seed]).toEqual([70, -12]);
    expect(strategies).toEqual([
      { type: 'hjb', name: 'best', params: {} },
      { type: 'constant', name: 'constant', params: { half_spread: 1, skew: 0.5 } },
    ]);
    expect(load([], { seed: 'abc' }).scenarioAt({}).seed).toBe('abc');
    expect(load(['seed=x=y']).scenarioAt({}).seed).toBe('x=y');
  });

  it('reach named things, whole sections and the sweep', () => {
    const named = load(['simulator.midprice.type=ornstein_uhlenbeck', 'simulator.midprice.kappa=3']).scenarioAt({});
    expect(named.simulator.midprice).toEqual({ type: 'ornstein_uhlenbeck', params: { kappa: 3 } });
    expect(load(['model={gamma: 5}', 'name=n', 'strategies=[hjb]']).scenarioAt({}).model.gamma).toBe(5);
    expect(load(['sweep.model.phi=[3]', 'sweep.model.gamma={from: 0, to: 1, steps: 2}']).axes).toEqual([
      { path: 'model.phi', values: [3] },
      { path: 'model.gamma', values: [0, 1] },
    ]);
  });

  it('are blamed by their own name', () => {
    expect(
      linesOf(
        [
          'simulator.sigm=3',
          'foo',
          '=',
          'strategies.constant.skew=q',
          'strategies.5.skew=1',
          'simulator.T=0.0001',
          'seed.x=3',
          '__proto__.x=1',
          'sweep.model.phi=[0, x]',
        ],
        { paths: Number.NaN, seed: '' },
      ),
    ).toEqual([
      '--set simulator.sigm simulator.sigm: unknown key; did you mean "simulator.sigma"?' +
        ` (known keys: ${SIMULATOR_KEYS})`,
      '--set foo foo: expected key=value, got "foo" (for example --set simulator.sigma=0.3)',
      '--set "" key: unknown key (it is empty)',
      '--set strategies.constant.skew strategies.1.skew: expected a number, got "q" (write a number such as 0.5 or 1e-3)',
      '--set strategies.5.skew strategies.5.skew: unknown key (known keys: 0 or hjb, 1 or constant)',
      '--set simulator.T simulator.dt: expected at most simulator.T = 0.0001, got 0.001 (give a smaller dt)',
      '--set seed.x seed.x: unknown key (seed has no keys)',
      `--set __proto__.x __proto__.x: unknown key (known keys: ${TOP_KEYS})`,
      '--set sweep.model.phi model.phi: expected a number, got "x" (write a number such as 0.5 or 1e-3)',
      '--paths paths: expected an integer, got NaN',
      '--seed seed: expected a text of at least 1 character, got ""',
    ]);
    expect(linesOf(['model.gamma=[1'])).toEqual(['--set model.gamma:1:3 YAML: Flow sequence must end with a ]']);
    expect(linesOf(['model.gamma='])).toEqual([
      '--set model.gamma model.gamma: expected a number, got null (0 means risk-neutral)',
    ]);
    expect(linesOf(['paths=1', 'model.gamma=-1'])).toEqual([
      '--set paths paths: expected an integer >= 2, got 1',
      '--set model.gamma model.gamma: expected a number >= 0, got -1 (0 means risk-neutral)',
    ]);
  });

  it('that the sweep would replace are refused', () => {
    expect(linesOf(['model.phi=3'])).toEqual([
      "--set model.phi model.phi: has no effect, because the sweep gives it values (change the axis: --set 'sweep.model.phi=[…]')",
    ]);
    expect(linesOf(['sweep.paths=[10]'], { paths: 5 })).toEqual([
      "--paths paths: has no effect, because the sweep gives it values (change the axis: --set 'sweep.paths=[…]')",
    ]);
  });
});
