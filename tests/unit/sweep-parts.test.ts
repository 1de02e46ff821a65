import { describe, expect, it } from 'vitest';
import type { SweepPoint } from '../../src/config/experiment.ts';
import { parseExperiment } from '../../src/config/load.ts';
import { catalogue } from './config-catalogue.ts';

const BASE = 'strategies: [hjb, constant]\n';
const parse = (text: string, overrides: readonly string[] = []) =>
  parseExperiment(`${BASE}${text}`, 'x.yaml', catalogue, { overrides });
const pointsOf = (text: string, overrides: readonly string[] = []): SweepPoint[] => [
  ...parse(text, overrides).points(),
];
const valuesOf = (text: string, overrides: readonly string[] = []): unknown[][] =>
  pointsOf(text, overrides).map((point) => Object.values(point));

function linesOf(text: string, overrides: readonly string[] = []): string[] {
  try {
    const file = parse(text, overrides);
    for (const point of file.points()) file.scenarioAt(point);
  } catch (error) {
    if (error instanceof Error && error.name === 'ConfigError') return error.message.split('\n');
    throw error;
  }
  return ['accepted'];
}

describe('parts of a sweep', () => {
  it('multiply in the order of the file, the last one fastest', () => {
    const text = `sweep:
  model.gamma: {from: 0.1, to: 0.3, step: 0.1}
  zip: {simulator.A: [1, 2], simulator.k: {from: 3, to: 4, steps: 2}}
  cases:
    - {simulator.mu: 0, model.mu: 0}
    - {simulator.mu: 1, model.mu: 0}`;
    expect(pointsOf(text)[0]).toEqual({
      'model.gamma': 0.1,
      'simulator.A': 1,
      'simulator.k': 3,
      'simulator.mu': 0,
      'model.mu': 0,
    });
    expect(Object.keys(pointsOf(text)[0] ?? {})).toEqual(parse(text).axes.map(({ path }) => path));
    expect(valuesOf(text)).toEqual(
      [0.1, 0.2, 0.3].flatMap((gamma) =>
        [
          [1, 3],
          [2, 4],
        ].flatMap((pair) => [0, 1].map((mu) => [gamma, ...pair, mu, 0])),
      ),
    );
    expect(parse(text).axes[4]).toEqual({ path: 'model.mu', values: [0] });
  });

  it('several zip groups multiply', () => {
    const text = `sweep:
  zip:
    - {simulator.A: [1, 2], simulator.k: [3, 4]}
    - {simulator.mu: [5, 6], model.mu: [7, 8]}`;
    expect(valuesOf(text)).toEqual([
      [1, 3, 5, 7],
      [1, 3, 6, 8],
      [2, 4, 5, 7],
      [2, 4, 6, 8],
    ]);
  });

  it('a sample fills its box, in equal differences, equal ratios or a list', () => {
    const axes =
      '{simulator.sigma: {from: 1, to: 16, scale: log}, simulator.A: {from: 0.5, to: 1.5}, simulator.fill: [poisson, linear]}';
    // The first points of the sequence: 0, 1/2, 3/4, 1/4 and, in the second and third dimension, 0, 1/2, 1/4, 3/4.
    expect(valuesOf(`sweep: {sample: {design: sobol, points: 4, axes: ${axes}}}`)).toEqual([
      [1, 0.5, 'poisson'],
      [4, 1, 'linear'],
      [8, 0.75, 'poisson'],
      [2, 1.25, 'linear'],
    ]);
    const random = `sweep: {sample: {design: random, points: 50, seed: s, axes: ${axes}}}`;
    for (const [sigma, A, fill] of valuesOf(random)) {
      expect(sigma).toBeGreaterThanOrEqual(1);
      expect(sigma).toBeLessThanOrEqual(16);
      expect(A).toBeGreaterThanOrEqual(0.5);
      expect(A).toBeLessThanOrEqual(1.5);
      expect(['poisson', 'linear']).toContain(fill);
    }
    expect(valuesOf(random)).toEqual(valuesOf(random));
  });

  it('exclude leaves out what fits all of an entry: a value, one of a list, an interval', () => {
    const grid =
      '  model.gamma: {from: 0.1, to: 0.7, steps: 4}\n  simulator.mu: [0, 1, 2]\n  simulator.Q_max: [5, null]\n';
    // 0.1 + 2·0.6/3 is 0.5, and 0.1 + 0.6/3 a last bit off 0.3: both are found.
    const text = `sweep:\n${grid}  exclude:
    - {model.gamma: 0.3}
    - {model.gamma: [0.1, 0.5], simulator.mu: {from: 1}}
    - {simulator.Q_max: null, simulator.mu: {to: 0}}`;
    expect(valuesOf(text)).toEqual([
      [0.1, 0, 5],
      [0.5, 0, 5],
      [0.7, 0, 5],
      [0.7, 1, 5],
      [0.7, 1, null],
      [0.7, 2, 5],
      [0.7, 2, null],
    ]);
  });

  it('refuses what cannot be meant, at its place', () => {
    expect(linesOf('sweep: {zip: {simulator.A: [1, 2], simulator.k: [3]}}')).toEqual([
      'x.yaml:2:36 sweep.zip.simulator.k: expected 2 values, as for simulator.A, got 1 (the keys of a zip group change together, value by value)',
    ]);
    expect(linesOf('sweep: {cases: [{simulator.mu: 0}, {model.mu: 1}]}')).toEqual([
      'x.yaml:2:36 sweep.cases.1: expected a value of simulator.mu, got none (every case gives a value to the same paths)',
      'x.yaml:2:37 sweep.cases.1.model.mu: the first case has no such path (every case gives a value to the same paths)',
    ]);
    expect(linesOf('sweep: {cases: [{simulator.mu: 0}, {simulator.mu: 0}]}')).toEqual([
      'x.yaml:2:36 sweep.cases.1: the same case as number 1 (keep one of them)',
    ]);
    expect(linesOf('sweep: {model.gamma: [1], cases: [{model.gamma: 2}]}')).toEqual([
      'x.yaml:2:36 sweep.cases.0.model.gamma: sweeps the same key as model.gamma (keep one of them)',
    ]);
    expect(linesOf('sweep: {zipp: [1]}')).toEqual(['x.yaml:2:9 sweep.zipp: unknown key; did you mean "zip"?']);
    expect(linesOf('sweep: {cases: [{model.gama: 1}]}')[0]).toMatch(
      /^x\.yaml:2:18 sweep\.cases\.0\.model\.gama: unknown key; did you mean "model\.gamma"\?/,
    );
    expect(linesOf('sweep: {cases: [{simulator.sigma: 1}, {simulator.sigma: -1}]}')).toEqual([
      'x.yaml:2:57 simulator.sigma: expected a number >= 0, got -1',
    ]);
    expect(linesOf('sweep: {sample: {design: lhs, points: 2, axes: {model.gamma: [1]}}}')[0]).toBe(
      'x.yaml:2:26 sweep.sample.design: expected one of "sobol", "latin_hypercube", "random", got "lhs"',
    );
    expect(
      linesOf('sweep: {sample: {design: random, points: 9, axes: {model.gamma: {from: -2, to: -1}}}}'),
    ).toHaveLength(1);
  });

  it('refuses ranges that say too little, too much or nothing', () => {
    expect(linesOf('sweep: {model.gamma: {from: 1, to: 2}}')).toEqual([
      'x.yaml:2:22 sweep.model.gamma: expected either steps (a number of values) or step (a difference), got a mapping',
    ]);
    expect(linesOf('sweep: {model.gamma: {from: 1, to: 2, step: 0.3}}')).toEqual([
      'x.yaml:2:45 sweep.model.gamma.step: expected a step that leads from 1 to 2 (0.3 ends at 1.9), got 0.3',
    ]);
    expect(linesOf('sweep: {model.gamma: {from: 0, to: 2, steps: 3, scale: log}}')).toEqual([
      'x.yaml:2:29 sweep.model.gamma.from: expected a number > 0 with scale: log, got 0',
    ]);
  });

  it('refuses exclusions of what is not swept, of nothing and of everything', () => {
    expect(linesOf('sweep: {model.gamma: [1], exclude: [{model.phi: 1}]}')).toEqual([
      'x.yaml:2:38 sweep.exclude.0.model.phi: is not swept (swept: model.gamma)',
    ]);
    expect(linesOf('sweep: {model.gamma: [1, 2], exclude: [{model.gamma: 3}]}')).toEqual([
      'x.yaml:2:40 sweep.exclude.0: excludes no scenario (a scenario is, for example, model.gamma = 2)',
    ]);
    expect(linesOf('sweep: {model.gamma: [1, 2], exclude: [{model.gamma: {from: 0}}]}')).toEqual([
      'x.yaml:2:30 sweep.exclude: expected some scenarios to be left, got all excluded',
    ]);
  });

  it('points at the case whose values do not go together', () => {
    const text = `simulator: {dt: 0.01}
sweep:
  cases:
    - {simulator.T: 1, model.gamma: 1}
    - {simulator.T: 0.001, model.gamma: 1}`;
    expect(linesOf(text)).toEqual([
      'x.yaml:6:21 simulator.dt: expected at most simulator.T = 0.001, got 0.01 (give a smaller dt)' +
        ' at the sweep point simulator.T = 0.001, model.gamma = 1',
    ]);
  });
});

describe('--set key=a,b,c', () => {
  const text = 'sweep: {model.phi: [0, 1]}';

  it('adds an axis, or replaces it', () => {
    expect(valuesOf(text, ['model.gamma=0.1,0.2'])).toEqual([
      [0, 0.1],
      [0, 0.2],
      [1, 0.1],
      [1, 0.2],
    ]);
    expect(valuesOf(text, ['model.phi=3,4,5'])).toEqual([[3], [4], [5]]);
    expect(valuesOf('', ['simulator.Q_max=5,null', 'simulator.fill=poisson,linear'])).toHaveLength(4);
  });

  it('leaves lists, mappings and quoted texts whole', () => {
    expect(parse('', ['strategies=hjb,constant']).scenarioAt({}).strategies).toHaveLength(2);
    expect(parse('', ['strategies=[hjb,constant]']).axes).toEqual([]);
    expect(parse('', ['model={gamma: 5, phi: 1}']).scenarioAt({}).model).toMatchObject({ gamma: 5, phi: 1 });
    expect(parse('', ['seed="a,b"']).scenarioAt({}).seed).toBe('a,b');
    expect(valuesOf('', ['seed="a,b",c'])).toEqual([['a,b'], ['c']]);
    expect(valuesOf(text, ['sweep.model.phi=7,8'])).toEqual([[7], [8]]);
    expect(
      valuesOf('sweep: {zip: {simulator.A: [1], simulator.k: [1]}}', [
        'sweep.zip.simulator.A=4,5',
        'sweep.zip.simulator.k=6,7',
      ]),
    ).toEqual([
      [4, 6],
      [5, 7],
    ]);
  });

  it('is blamed by its own name', () => {
    expect(linesOf(text, ['model.gamma=1,-2'])).toEqual([
      '--set model.gamma model.gamma: expected a number >= 0, got -2 (0 means risk-neutral)',
    ]);
    expect(linesOf(text, ['name=a,b'])).toEqual([
      '--set name sweep.name: cannot be swept (it belongs to the whole file)',
    ]);
    expect(linesOf('sweep: {cases: [{model.phi: 1}]}', ['model.phi=1,2'])).toEqual([
      '--set model.phi sweep.model.phi: sweeps the same key as model.phi (keep one of them)',
    ]);
    expect(linesOf('sweep: {cases: [{model.phi: 1}]}', ['model.phi=1'])).toEqual([
      '--set model.phi model.phi: has no effect, because the sweep gives it values (change sweep.cases)',
    ]);
  });
});
