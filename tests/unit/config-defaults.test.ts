import { describe, expect, it } from 'vitest';
import { checkExperiment, parseExperiment } from '../../src/config/load.ts';
import { catalogue } from './config-catalogue.ts';

const parse = (text: string, label = 'x.yaml') => parseExperiment(text, label, catalogue, { overrides: [] });

describe('an experiment with defaults', () => {
  it('fills every key as interface.md says', () => {
    const experiment = parse('strategies: [hjb]', 'configs/my exp.v2.yaml');
    expect(experiment.name).toBe('my exp.v2');
    expect(experiment.axes).toEqual([]);
    expect(experiment.scenarioAt({})).toEqual({
      variance_reduction: 'none',
      seed: 42,
      paths: 1000,
      pathwise: false,
      statistics: 'auto',
      simulator: {
        sigma: 0.2,
        mu: 0,
        S0: 100,
        A: 1,
        k: 0.5,
        T: 1,
        dt: 0.001,
        Q_max: 10,
        order_size: 1,
        q0: 0,
        maker_fee: 0,
        impact: 0,
        midprice: { type: 'brownian', params: {} },
        arrivals: { type: 'poisson', params: {} },
        depth: { type: 'exponential', params: {} },
        tick: null,
        latency: 0,
        through_mid: null,
        scheme: 'stepped',
        drawdown_dt: null,
        fill: 'poisson',
      },
      model: {
        sigma: 0.2,
        mu: 0,
        A: 1,
        k: 0.5,
        T: 1,
        Q_max: 10,
        order_size: 1,
        maker_fee: 0,
        impact: 0,
        gamma: 0.1,
        phi: 0.01,
        running: 0,
        dt: 0.01,
        delta_min: 0.001,
        delta_max: 0.1,
      },
      strategies: [{ type: 'hjb', name: 'hjb', params: {} }],
    });
  });

  it('takes the model from the simulator, except what the model says itself', () => {
    const { model } = parse(`
simulator: {sigma: 2, mu: 0.1, A: 140, k: 1.5, T: 3, Q_max: 8, order_size: 2}
model: {sigma: 1, A: 0, delta_max: null, delta_min: -1}
strategies: [hjb]`).scenarioAt({});
    expect(model).toMatchObject({ sigma: 1, mu: 0.1, A: 0, k: 1.5, T: 3, Q_max: 8, order_size: 2 });
    expect(model).toMatchObject({ delta_min: -1, delta_max: null });
  });

  it('keeps a simulator without a bound apart from the bound of the grid', () => {
    const scenario = parse('simulator: {Q_max: null}\nmodel: {Q_max: 30}\nstrategies: [hjb]').scenarioAt({});
    expect([scenario.simulator.Q_max, scenario.model.Q_max]).toEqual([null, 30]);
  });

  it('reads names, types and parameters, with the defaults of each type', () => {
    const { strategies, simulator } = parse(`
simulator: {midprice: {type: ornstein_uhlenbeck}}
strategies:
  - constant
  - {type: constant, half_spread: 0.745, name: wide}
  - {type: custom, module: ./p.ts, params: {a: {b: [1]}}}`).scenarioAt({});
    expect(strategies).toEqual([
      { type: 'constant', name: 'constant', params: { skew: 0 } },
      { type: 'constant', name: 'wide', params: { skew: 0, half_spread: 0.745 } },
      { type: 'custom', name: 'custom', params: { module: './p.ts', params: { a: { b: [1] } } } },
    ]);
    expect(simulator.midprice).toEqual({ type: 'ornstein_uhlenbeck', params: { kappa: 1 } });
  });

  it('reads JSON, merge keys and text seeds; YAML 1.1 directives change nothing', () => {
    const json = { $schema: './experiment.schema.json', seed: 'no', strategies: ['hjb'] };
    expect(parse(JSON.stringify(json)).scenarioAt({}).seed).toBe('no');
    expect(parse('%YAML 1.1\n---\nseed: no\nstrategies: [hjb]').scenarioAt({}).seed).toBe('no');
    expect(parse('seed: "7"\nstrategies: [hjb]').scenarioAt({}).seed).toBe('7');
    expect(parse('seed: 0\nstrategies: [hjb]').scenarioAt({}).seed).toBe(0);
    const merged = parse('simulator: &m {sigma: 3, T: 2}\nmodel: {<<: *m, T: 1}\nstrategies: [hjb]').scenarioAt({});
    expect(merged.model).toMatchObject({ sigma: 3, T: 1 });
  });

  it('copies a plain object', () => {
    const config = { simulator: { sigma: 1 }, strategies: ['hjb'] };
    const experiment = checkExperiment(config, catalogue);
    config.simulator.sigma = -1;
    expect(experiment.name).toBe('config');
    expect(experiment.scenarioAt({}).simulator.sigma).toBe(1);
  });

  it.each([
    ['a/b/glft-2013.yml', 'glft-2013'],
    ['Übung, 1.yaml', 'bung- 1'],
    ['…', 'experiment'],
  ])('names the experiment of %s after its file', (label, name) => {
    expect(parse('strategies: [hjb]', label).name).toBe(name);
    expect(parse('name: given\nstrategies: [hjb]', label).name).toBe('given');
  });
});
