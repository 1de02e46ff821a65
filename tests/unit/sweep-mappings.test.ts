/** Mappings as values of a sweep: kinds of markets with their parameters. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { catalogue } from '../../src/catalogue.ts';
import { parseExperiment } from '../../src/config/load.ts';
import { planRun } from '../../src/plan/plan.ts';

const parse = (sweep: string) =>
  parseExperiment(`strategies: [hjb]\nsweep:\n${sweep}`, 'x.yaml', catalogue, { overrides: [] });

it('stand in points as text, and for what they are in scenarios', () => {
  const file = parse('  simulator.midprice: [brownian, {type: heston, kappa: 7}]\n');
  const [, heston] = [...file.points()];
  expect(heston).toEqual({ 'simulator.midprice': '{type: heston, kappa: 7}' });
  expect(file.scenarioAt(heston!).simulator.midprice).toMatchObject({ type: 'heston', params: { kappa: 7 } });
});

it.each([
  ['zip', '  zip: {simulator.midprice: [{type: heston, kappa: 7}, brownian], simulator.k: [1, 2]}\n'],
  ['cases', '  cases: [{simulator.midprice: {type: heston, kappa: 7}}, {simulator.midprice: brownian}]\n'],
  [
    'sample',
    '  sample: {design: sobol, points: 2, axes: {simulator.midprice: [{type: heston, kappa: 7}, brownian]}}\n',
  ],
])('are taken by %s', (_kind, sweep) => {
  const { scenarios } = planRun(parse(sweep));
  expect(scenarios.map(({ simulator }) => simulator.midprice.type)).toEqual(['heston', 'brownian']);
});

it('are told where they are wrong', () => {
  expect(() => parse('  simulator.midprice: [{type: heston, kapa: 3}]\n  model.gamma: [{a: 1}]\n')).toThrow(
    /^x\.yaml:3:45 simulator\.midprice\.kapa: unknown key; did you mean "kappa"\?.*\nx\.yaml:4:17 model\.gamma: expected a number, got a mapping/,
  );
  const twice = '  simulator.midprice: [{type: heston, kappa: 3}, {type: heston, kappa: 3}]\n';
  expect(() => parse(twice)).toThrow(/expected values that differ.*twice/);
});

it('mix every kind of market of a single asset with every built-in strategy in configs/mixed-markets.yaml', () => {
  const path = new URL('../../configs/mixed-markets.yaml', import.meta.url);
  const file = parseExperiment(readFileSync(path, 'utf8'), path.pathname, catalogue, { overrides: [] });
  const { scenarios } = planRun(file);
  for (const key of ['midprice', 'arrivals', 'depth'] as const) {
    const types = new Set(scenarios.map(({ simulator }) => simulator[key].type));
    expect([...types].sort()).toEqual(
      catalogue[`${key === 'arrivals' ? key : (`${key}s` as const)}`].map(({ type }) => type).sort(),
    );
  }
  const strategies = new Set(scenarios[0]?.strategies.map(({ type }) => type));
  // Those of several assets, and those that need a learnt policy.
  const others = ['ppo', 'ppo_pathwise', 'joint_hjb'];
  expect(catalogue.strategies.map(({ type }) => type).filter((type) => !strategies.has(type))).toEqual(others);
});
