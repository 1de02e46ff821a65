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
  ['{type: ornstein_uhlenbeck, theta: high}', 'simulator.midprice.theta: expected a number, got "high"'],
])('refuses %s', (midprice, message) => {
  expect(() => scenario(midprice)).toThrow(message);
});
