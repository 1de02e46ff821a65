import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/catalogue.ts';
import { type ExperimentFile, parseExperiment } from '../../src/config/load.ts';
import { ConfigError } from '../../src/util/errors.ts';

const MARKET =
  'simulator: {sigma: 2, A: 100, Q_max: 5, scheme: event}\nmodel: {gamma: 0.2, mu: 0.5}\nstrategies: [hjb]\n';

function parse(text: string, overrides: readonly string[] = []): ExperimentFile {
  return parseExperiment(text, 'x.yaml', catalogue, { overrides });
}

function linesOf(text: string, overrides: readonly string[] = []): string[] {
  try {
    const file = parse(text, overrides);
    for (const value of file.axes[0]?.values ?? []) file.scenarioAt({ [file.axes[0]!.path]: value });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n');
  }
}

describe('assets', () => {
  it('take the sections where they say nothing', () => {
    const text = `${MARKET}assets:
  - {name: BTC, model: {gamma: 1, delta_max: null}}
  - {name: ETH/USD, simulator: {sigma: 1, Q_max: null, tick: 0.1, arrivals: hawkes}, model: {Q_max: 3}}
correlation: 0.5
`;
    const { portfolio, simulator, pathwise, strategies } = parse(text).scenarioAt({});
    const [btc, eth] = portfolio?.assets ?? [];
    expect(pathwise).toBe(true);
    expect(btc?.simulator).toEqual(simulator);
    expect(btc?.model).toMatchObject({ gamma: 1, delta_max: null, mu: 0.5, sigma: 2, A: 100, Q_max: 5 });
    expect(eth?.simulator).toMatchObject({ sigma: 1, Q_max: null, tick: 0.1, A: 100, arrivals: { type: 'hawkes' } });
    // What nobody says about the model is what the asset's market says.
    expect(eth?.model).toMatchObject({ gamma: 0.2, sigma: 1, Q_max: 3, mu: 0.5, delta_max: 0.1 });
    expect(portfolio?.correlation).toEqual([
      [1, 0.5],
      [0.5, 1],
    ]);
    expect(strategies[0]).toEqual({ type: 'hjb', name: 'hjb', params: {} });
  });

  it("meet a strategy's own model, each beside its own", () => {
    const text = `${MARKET.replace('[hjb]', '[{type: hjb, model: {gamma: 3}}]')}assets: [{name: A}, {name: B, model: {phi: 7}}]\n`;
    const { strategies, portfolio } = parse(text).scenarioAt({});
    expect(strategies[0]?.assetModels?.map(({ gamma, phi }) => [gamma, phi])).toEqual([
      [3, 0.01],
      [3, 7],
    ]);
    expect(portfolio?.correlation).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('leave a scenario without them as it was', () => {
    expect(parse(MARKET).scenarioAt({})).not.toHaveProperty('portfolio');
  });

  it.each(['T', 'dt', 'scheme', 'fill', 'drawdown_dt', 'midprice', 'latency', 'through_mid'])('share %s', (key) => {
    expect(linesOf(`${MARKET}assets:\n  - name: A\n    simulator:\n      ${key}: 1\n`)).toEqual([
      `x.yaml:7:7 assets.0.simulator.${key}: must be the same for all assets (write it in simulator:)`,
    ]);
  });

  it.each([
    ['no assets', 'assets: []', 'x.yaml:4:9 assets: expected a list of at least 1 entry, got an empty list'],
    [
      'a name twice',
      'assets: [{name: A}, {name: A}]',
      'x.yaml:4:28 assets.1.name: expected a unique name, got "A" (assets.0 has it)',
    ],
    [
      'a name that cannot be part of a column',
      'assets: [{name: "A,B"}]',
      'x.yaml:4:17 assets.0.name: expected a name of 1 to 30 letters, digits and _ / - that starts with a letter, got "A,B" ' +
        '(it becomes part of the names of columns)',
    ],
    [
      'an inventory off its lattice',
      'assets: [{name: A, simulator: {q0: 3, order_size: 2}}]',
      'x.yaml:4:36 assets.0.simulator.q0: expected a multiple of assets.0.simulator.order_size = 2, got 3 (the nearest is 4)',
    ],
    [
      'a bound that the sections do not go with',
      'assets: [{name: A}, {name: B, simulator: {Q_max: 0.5}}]',
      'x.yaml:4:50 assets.1.simulator.Q_max: expected at least order_size = 1, got 0.5 (write null for no bound, or change order_size)',
    ],
    [
      'a grid without a bound',
      'assets: [{name: A, simulator: {Q_max: null}}]',
      'x.yaml:4:39 assets.0.model.Q_max: expected a number > 0, because assets.0.simulator.Q_max is null, got nothing ' +
        '(the quote grid needs a bound: add assets.0.model.Q_max)',
    ],
    [
      'a correlation of nothing',
      'correlation: 0.5',
      'x.yaml:4:14 correlation: expected no correlation without assets, got 0.5 (add assets:, or remove it)',
    ],
    [
      'pairs that all oppose each other',
      'assets: [{name: A}, {name: B}, {name: C}]\ncorrelation: -0.6',
      'x.yaml:5:14 correlation: expected a number >= -1/2 with 3 assets, got -0.6 (no more than that can all pairs be ' +
        'opposed: the matrix must be positive semi-definite)',
    ],
    [
      'a matrix of another size',
      'assets: [{name: A}, {name: B}]\ncorrelation: [[1]]',
      'x.yaml:5:14 correlation: expected 2 rows of 2 numbers, one an asset, got 1 row',
    ],
    [
      'a matrix that is not symmetric',
      'assets: [{name: A}, {name: B}]\ncorrelation: [[1, 0.1], [0.2, 1]]',
      'x.yaml:5:26 correlation.1.0: expected 0.1, as in correlation.0.1, got 0.2 (the matrix must be symmetric)',
    ],
    [
      'a matrix of covariances',
      'assets: [{name: A}, {name: B}]\ncorrelation: [[1, 0.1], [0.1, 0.5]]',
      'x.yaml:5:31 correlation.1.1: expected 1 on the diagonal, got 0.5 (write 1)',
    ],
    [
      'a matrix that no random variables have',
      'assets: [{name: A}, {name: B}, {name: C}]\ncorrelation: [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]',
      'x.yaml:5:14 correlation: expected a positive semi-definite matrix, got one that is not (no random variables have ' +
        'these correlations together; bring them nearer to 0)',
    ],
    [
      'the control variate',
      'assets: [{name: A}]\nvariance_reduction: control',
      'x.yaml:5:21 variance_reduction: expected none or antithetic with assets as it is, got "control" (the control variate ' +
        'needs quotes of time and inventory, a Brownian or binomial midprice and Poisson orders)',
    ],
  ])('%s', (_name, text, message) => {
    expect(linesOf(`${MARKET}${text}\n`)).toEqual([message]);
  });

  it('report what is wrong with a section once, not once an asset', () => {
    const text = MARKET.replace('scheme: event', 'dt: 5').concat('assets: [{name: A}, {name: B}]\n');
    expect(linesOf(text)).toEqual([
      'x.yaml:1:45 simulator.dt: expected at most simulator.T = 1, got 5 (give a smaller dt)',
    ]);
  });

  it('correlate only prices that one Brownian motion drives', () => {
    const heston = MARKET.replace('scheme: event', 'midprice: heston').concat('assets: [{name: A}, {name: B}]\n');
    expect(linesOf(heston)).toEqual([]);
    expect(linesOf(`${heston}correlation: 0.1\n`)).toEqual([
      'x.yaml:1:51 simulator.midprice: expected brownian, geometric, ornstein_uhlenbeck, merton, cev with a correlation, ' +
        'got "heston" (change it, or remove correlation)',
    ]);
  });
});

describe('strategies of several assets', () => {
  const joint = MARKET.replace('[hjb]', '[joint_hjb]');

  it('need as many as they quote', () => {
    expect(linesOf(joint)).toEqual([
      'x.yaml:3:14 strategies.0: expected 2 assets with joint_hjb, got none (see assets:)',
    ]);
    expect(linesOf(`${joint}assets: [{name: A}, {name: B}, {name: C}]\n`)).toEqual([
      'x.yaml:3:14 strategies.0: expected 2 assets with joint_hjb, got 3 (see assets:)',
    ]);
  });

  it('have one risk aversion', () => {
    const assets = 'assets: [{name: A, model: {gamma: 0.2}}, {name: B, model: {gamma: 0.3}}]\n';
    expect(linesOf(joint + assets)).toEqual([
      "x.yaml:4:67 assets.1.model.gamma: expected that of model.gamma, got 0.3 (joint_hjb has one gamma: write it in model:, or in the strategy's own model:)",
    ]);
    expect(linesOf(joint.replace('joint_hjb', '{type: joint_hjb, model: {gamma: 1}}') + assets)).toEqual([]);
  });
});

describe('sweeps of several assets', () => {
  const two = `${MARKET}assets: [{name: BTC, simulator: {sigma: 3}}, {name: ETH}]\n`;

  it.each([
    ['assets.BTC.simulator.sigma', 0],
    ['assets.1.simulator.sigma', 1],
  ])('find a key by name or place: %s', (path, asset) => {
    const file = parse(`${two}sweep: {${path}: [7, 8]}\n`);
    expect(file.scenarioAt({ [path]: 8 }).portfolio?.assets[asset]?.simulator.sigma).toBe(8);
    expect(parse(two, [`${path}=9`]).scenarioAt({}).portfolio?.assets[asset]?.simulator.sigma).toBe(9);
  });

  it('take correlations, as one number or an entry of the matrix', () => {
    expect(
      parse(`${two}sweep: {correlation: [-0.5, 0.5]}\n`).scenarioAt({ correlation: -0.5 }).portfolio?.correlation,
    ).toEqual([
      [1, -0.5],
      [-0.5, 1],
    ]);
    expect(linesOf(`${two}sweep: {correlation: [0.5, 1.5]}\n`)[0]).toMatch(
      /^x\.yaml:5:28 correlation: expected .* got 1\.5/,
    );
    const matrix = `${two}correlation: [[1, 0.1], [0.1, 1]]\nsweep: {correlation.0.1: [0.2]}\n`;
    expect(linesOf(matrix)[0]).toContain('the matrix must be symmetric) at the sweep point correlation.0.1 = 0.2');
  });

  it('do not take names', () => {
    expect(linesOf(`${two}sweep: {assets.0.name: [X]}\n`)).toEqual([
      'x.yaml:5:9 sweep.assets.0.name: cannot be swept (it names columns)',
    ]);
  });
});
