import { describe, expect, test } from 'vitest';
import { choose } from '../../src/aggregate/choice.ts';
import { compare } from '../../src/aggregate/comparison.ts';
import { holm } from '../../src/aggregate/holm.ts';
import type { ScenarioResult, StrategyResult } from '../../src/aggregate/results.ts';
import { summarise } from '../../src/aggregate/summary.ts';
import { checkThresholds, statusOf } from '../../src/aggregate/thresholds.ts';
import { intervalOf } from '../../src/aggregate/uncertainty.ts';
import { catalogue } from '../../src/catalogue.ts';
import type { ChoiceRule, Condition, Threshold } from '../../src/config/goals.ts';
import { parseExperiment } from '../../src/config/load.ts';
import { planRun } from '../../src/plan/plan.ts';
import { familyFinding } from '../../src/report/family-finding.ts';

/** The names a, b, … of a scenario's strategies. */
const plan = planRun(
  parseExperiment(
    'strategies: [{type: constant, name: a}, {type: constant, name: b}, {type: constant, name: c}]\nsweep: {seed: [1, 2]}\n',
    'goals.yaml',
    catalogue,
    { overrides: [] },
  ),
);

/** A row with the given mean and CVaR, each with standard error 1, of 1,001 paths. */
function row(strategy: string, mean: number, cvar95: number): StrategyResult {
  const one = Float64Array.of(0, 1);
  const ints = new Int32Array(2);
  const columns = { firstPath: 0, count: 2, pnl: one, integralQ2: one, fills: ints, finalLots: ints, maxAbsLots: ints };
  const facts = { orderSize: 1, gamma: 0, phi: 0, running: 0, varianceReduction: 'none' } as const;
  const errors = new Map([
    ['mean', 1],
    ['cvar95', 1],
    ['min', 0],
  ]);
  return {
    state: 'done',
    strategy,
    summary: { ...summarise(columns, facts), mean, cvar95, min: -3, max_drawdown_mean: Number.NaN },
    assets: [],
    risk: new Map([['cvar99', 7]]),
    uncertainty: { errors, bounds: new Map([['cvar95', 0]]), reaches: new Map(), degrees: 1000 },
  };
}

function scenario(index: number, ...strategies: readonly StrategyResult[]): ScenarioResult {
  return { scenario: plan.scenarios[index]!, statistics: 'exact', strategies, comparisons: [] };
}

function condition(metric: string, comparator: Condition['comparator'], limit: number): Threshold {
  return { expression: `${metric} ${comparator} ${limit}`, metric, comparator, limit, strategies: undefined };
}

describe('thresholds', () => {
  test('ok and failed where the whole interval is on one side, unresolved where it straddles the limit', () => {
    const cell = scenario(0, row('a', 10, 5));
    const status = (one: Threshold) => checkThresholds([one], [cell]).map((result) => result.status);
    // 1.9623 standard errors at 1,000 degrees of freedom.
    expect(status(condition('cvar95', '<=', 6.97))).toEqual(['ok']);
    expect(status(condition('cvar95', '<=', 6.95))).toEqual(['unresolved']);
    expect(status(condition('cvar95', '<=', 3.05))).toEqual(['unresolved']);
    expect(status(condition('cvar95', '<=', 3.03))).toEqual(['failed']);
    expect(status(condition('mean', '>=', 8.03))).toEqual(['ok']);
    expect(status(condition('mean', '>', 11.97))).toEqual(['failed']);
    expect(checkThresholds([condition('mean', '>', 10)], [cell])[0]).toMatchObject({ actual: 10, se: 1 });
  });

  test('a figure without a standard error decides alone, an undefined one and a failed cell never', () => {
    const failed: StrategyResult = { state: 'failed', strategy: 'b', message: 'no' };
    const cell = scenario(0, row('a', 10, 5), failed);
    const statuses = (one: Threshold) => checkThresholds([one], [cell]).map(({ status }) => status);
    expect(statuses(condition('min', '>=', -3))).toEqual(['ok', 'unresolved']);
    expect(statuses(condition('min', '>', -3))).toEqual(['failed', 'unresolved']);
    expect(statuses(condition('cvar99', '<', 8))).toEqual(['ok', 'unresolved']);
    expect(statuses(condition('max_drawdown_mean', '<', 8))).toEqual(['unresolved', 'unresolved']);
    expect(statusOf({ low: 5, high: 5 }, condition('x', '<', 5))).toBe('failed');
    expect(statusOf({ low: 5, high: 5 }, condition('x', '<=', 5))).toBe('ok');
  });

  test('a percentile has the interval between order statistics, lopsided as it is', () => {
    const known = { errors: new Map([['p05', 1]]), bounds: new Map([['p05', 0.5]]), degrees: 99 };
    const interval = intervalOf(10, 'p05', { ...known, reaches: new Map([['p05', { below: 3, above: 1 }]]) }, 0.95);
    expect(interval.low).toBeCloseTo(6.5, 12);
    expect(interval.high).toBeCloseTo(11.5, 12);
    // scipy.stats.norm.isf(0.05) / scipy.stats.norm.isf(0.025) = 0.839225
    const ninety = intervalOf(10, 'p05', { ...known, reaches: new Map([['p05', { below: 3, above: 1 }]]) }, 0.9);
    expect(ninety.low).toBeCloseTo(10 - 3 * 0.839225 - 0.5, 5);
  });

  test('of the named strategies only, threshold by threshold, scenario by scenario', () => {
    const both = [scenario(0, row('a', 1, 1), row('b', 2, 2)), scenario(1, row('a', 3, 3), row('b', 4, 4))];
    const some = { ...condition('mean', '<', 99), strategies: ['b'] };
    const rows = checkThresholds([condition('cvar95', '<', 99), some], both);
    expect(rows.map(({ scenario: { index }, strategy, actual }) => [index, strategy, actual])).toEqual([
      [0, 'a', 1],
      [0, 'b', 2],
      [1, 'a', 3],
      [1, 'b', 4],
      [0, 'b', 2],
      [1, 'b', 4],
    ]);
  });
});

describe('choose', () => {
  const rule = (wishes: Partial<ChoiceRule> = {}): ChoiceRule => ({
    objective: 'mean',
    sense: 'maximise',
    subjectTo: [condition('cvar95', '<=', 5)],
    confidence: 0.95,
    ...wishes,
  });
  const statuses = (scenarios: readonly ScenarioResult[], wishes?: Partial<ChoiceRule>) =>
    choose(rule(wishes), scenarios).rows.map(({ status }) => status);

  test('the highest mean whose upper limit of CVaR stays below', () => {
    // One-sided limits at 95 %: 1.6464 standard errors.
    const cells = [scenario(0, row('a', 20, 3.3), row('b', 99, 3.4), row('c', 30, 6.7)), scenario(1, row('a', 10, 0))];
    const found = choose(rule(), cells);
    expect(found.rows.map(({ status }) => status)).toEqual(['chosen', 'unresolved', 'excluded', 'lower']);
    expect(found.chosen).toMatchObject({ strategy: 'a', objective: 20, se: 1 });
    expect(found.chosen?.conditions[0]?.limit).toBeCloseTo(3.3 + 1.6463788, 5);
    expect(found.resolved).toBe(true);
    // As the best of four it has to hold at 1 − 5 %/4, that is by 2.24 standard errors.
    expect(found.holdsAmongAll).toBe(false);
    expect(choose(rule(), [scenario(0, row('a', 20, 2.7), row('b', 1, 2), row('c', 1, 2))]).holdsAmongAll).toBe(true);
  });

  test('says where none qualifies, and where the best is not resolved', () => {
    expect(choose(rule(), [scenario(0, row('a', 1, 9), row('b', 2, 5))])).toMatchObject({
      chosen: undefined,
      resolved: false,
    });
    // Two means 3 apart with standard error √2: 2.12 of them.
    expect(statuses([scenario(0, row('a', 10, 0)), scenario(1, row('a', 7, 0))])).toEqual(['chosen', 'lower']);
    // With two rivals each is to be told apart at 97.5 % one-sided, 1.962 standard errors; with twelve at 99.58 %, 2.64.
    const rivals = Array.from({ length: 12 }, (_, i) => row(`r${i}`, 7, 0));
    expect(statuses([scenario(0, row('a', 10, 0)), scenario(1, ...rivals.slice(0, 2))])).toEqual([
      'chosen',
      'lower',
      'lower',
    ]);
    expect(statuses([scenario(0, row('a', 10, 0)), scenario(1, ...rivals)])[1]).toBe('contender');
  });

  test('pairs the difference within a scenario', () => {
    const [x, y] = [
      Float64Array.from({ length: 50 }, (_, i) => i % 7),
      Float64Array.from({ length: 50 }, (_, i) => (i % 7) - 0.1 - (i % 2) / 100),
    ];
    const pair = { strategy: 'b', baseline: 'a', ...compare(y, x) };
    const cells = [{ ...scenario(0, row('a', 3, 0), row('b', 2.895, 0)), comparisons: [pair] }];
    expect(statuses(cells)).toEqual(['chosen', 'lower']);
    expect(statuses([scenario(0, row('a', 3, 0), row('b', 2.895, 0))])).toEqual(['chosen', 'contender']);
  });

  test('the lowest where that is wanted', () => {
    expect(statuses([scenario(0, row('a', 20, 1), row('b', 5, 2))], { sense: 'minimise' })).toEqual([
      'lower',
      'chosen',
    ]);
    expect(
      statuses([scenario(0, row('a', 1, 1), row('b', 1, -20))], { sense: 'minimise', objective: 'cvar95' }),
    ).toEqual(['lower', 'chosen']);
  });
});

describe("Holm's correction", () => {
  test('as p.adjust(p, "holm") of R gives', () => {
    expect(holm([0.01, 0.02, 0.03, 0.04]).map((p) => Number(p.toFixed(12)))).toEqual([0.04, 0.06, 0.06, 0.06]);
    expect(holm([0.04, 0.001, 0.5]).map((p) => Number(p.toFixed(12)))).toEqual([0.08, 0.003, 0.5]);
    expect(holm([0.9, Number.NaN, 0.6])).toEqual([1, 1, 1]);
    expect(holm([])).toEqual([]);
  });

  test('findings say which differences do not stand among many pairs', () => {
    const pair = (strategy: string, baseline: string, p_value: number) =>
      ({
        strategy,
        baseline,
        p_value,
        mean_difference: 1,
        se: 0.5,
        ci_low: 0.1,
        ci_high: 2,
        correlation: 0,
        verdict: p_value < 0.05 ? 'better' : 'inconclusive',
      }) as const;
    const pairs = [pair('b', 'a', 0.5), pair('c', 'a', 0.001), pair('c', 'b', 0.03)];
    expect(familyFinding('c', pairs)).toBe(
      'With all 3 pairs looked at together (Holm, 95 %), c is no longer told apart from b: with so many pairs some differ by chance.',
    );
    expect(familyFinding('c', [...pairs.slice(0, 2), pair('c', 'b', 0.02)])).toContain('these differences stand');
    expect(familyFinding('c', pairs.slice(0, 1))).toBeUndefined();
  });
});
