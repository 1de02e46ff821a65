import { expect, it } from 'vitest';
import { catalogue } from '../../src/catalogue.ts';
import { parseExperiment } from '../../src/config/load.ts';

const scenario = (midprice: string) =>
  parseExperiment(`simulator: {midprice: ${midprice}}\nstrategies: [hjb]`, 'x.yaml', catalogue, {
    overrides: [],
  }).scenarioAt({});

it.each(['geometric', 'ornstein_uhlenbeck', 'merton', 'heston', 'cev'])(
  'takes a bare %s, and walks its paths',
  (type) => {
    const { simulator, pathwise } = scenario(type);
    expect(simulator.midprice.type).toBe(type);
    expect(pathwise).toBe(true);
  },
);

it('fills in the defaults of the parameters', () => {
  expect(scenario('{type: heston, xi: 0.3}').simulator.midprice).toEqual({
    type: 'heston',
    params: { kappa: 1, xi: 0.3, rho: -0.7 },
  });
});

it.each([
  ['{type: heston, rho: 2}', 'simulator.midprice.rho: expected a number <= 1, got 2'],
  ['{type: heston, kappa: 0}', 'simulator.midprice.kappa: expected a number > 0, got 0'],
  ['{type: cev, beta: -1}', 'simulator.midprice.beta: expected a number >= 0, got -1'],
  ['{type: merton, jump_sd: 1}', 'simulator.midprice.jump_sd'],
  [
    '{type: merton, jump_intensity: 1e9}',
    'x.yaml:1:54 simulator.midprice.jump_intensity: expected a number <= 1e6, got 1000000000',
  ],
  [
    '{type: merton, jump_intensity: 1e6}, T: 1000',
    'x.yaml:1:54 simulator.midprice.jump_intensity: expected at most 1e8 jumps a path, got 1000000000 (change jump_intensity or lower T)',
  ],
  [
    '{type: cev, max_step: 1e-9}',
    'x.yaml:1:45 simulator.midprice.max_step: expected at most 1e8 steps of the price a path, got 1000000000',
  ],
  ['heston, T: 1e6', 'x.yaml:1:23 simulator.midprice.max_step: expected at most 1e8 steps of the price a path'],
  ['{type: ornstein_uhlenbeck, theta: high}', 'simulator.midprice.theta: expected a number, got "high"'],
])('refuses %s', (midprice, message) => {
  expect(() => scenario(midprice)).toThrow(message);
});
