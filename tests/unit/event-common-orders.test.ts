/** Strategies of one seed meet the same market orders and the same price; antithetic pairs meet their mirror image. */
import { describe, expect, it } from 'vitest';
import { compare } from '../../src/aggregate/comparison.ts';
import { meanSamples } from '../../src/aggregate/mean-samples.ts';
import { checkExperiment } from '../../src/index.ts';
import { planRun } from '../../src/plan/plan.ts';
import { ruleOf, simulateRule } from '../support/event-rule.ts';
import { exactCases } from '../support/exact-cases.ts';
import { simulate, strategy } from '../support/simulate.ts';

const { model, ...exact } = exactCases().find(({ name }) => name === 'avellaneda-stoikov-2008')!;
const simulator = { ...exact.simulator, scheme: 'event', fill: 'poisson' } as const;
const unbounded = { ...simulator, Q_max: null };
/** A bound that no path reaches, even with one side only. */
const wide = { ...simulator, Q_max: 400 };
const hjb = strategy('hjb');
const constantAt = (half_spread: number) => strategy('constant', { half_spread });
const even = (column: ArrayLike<number>) => Float64Array.from({ length: column.length / 2 }, (_, i) => column[2 * i]!);
const odd = (column: ArrayLike<number>) => even(Array.from(column).slice(1).concat(0));

describe('common random numbers', () => {
  it('a closer quote fills whenever a farther one does', async () => {
    const counts: Int32Array[] = [];
    for (const half of [1.2, 0.745, 0.3, 0, -0.2]) {
      counts.push((await simulate(unbounded, model, constantAt(half), 2000)).columns.fills);
    }
    for (let i = 1; i < counts.length; i++) {
      expect(counts[i]!.every((fills, path) => fills >= counts[i - 1]![path]!)).toBe(true);
      expect(counts[i]).not.toEqual(counts[i - 1]);
    }
  });

  it('the orders on one side do not depend on the quote on the other', () => {
    const alone = simulateRule(
      wide,
      ruleOf(
        () => 0.5,
        () => Number.POSITIVE_INFINITY,
      ),
      1000,
    );
    const both = simulateRule(
      wide,
      ruleOf(
        () => 0.5,
        () => 0.3,
      ),
      1000,
    );
    const buys = both.columns.fills.map((fills, path) => (fills + both.columns.finalLots[path]!) / 2);
    expect(buys).toEqual(alone.columns.fills);
  });

  it('make paired differences more precise', async () => {
    const optimal = await simulate(simulator, model, hjb, 20_000);
    const fixed = await simulate(simulator, model, constantAt(0.745), 20_000);
    const { correlation, se, mean_difference } = compare(optimal.columns.pnl, fixed.columns.pnl);
    expect(correlation).toBeGreaterThan(0.5);
    expect(se).toBeLessThan(0.9 * Math.hypot(optimal.summary.mean_se, fixed.summary.mean_se));
    expect(Math.abs(mean_difference - (exact.hjb.event.mean - exact.constant.event.mean))).toBeLessThan(4 * se);
  });
});

describe('antithetic pairs', () => {
  it('the first of pair i is path i itself', async () => {
    const plain = await simulate(simulator, model, hjb, 500);
    const { columns } = await simulate(simulator, model, hjb, 1000, 42, 'antithetic');
    expect(even(columns.pnl)).toEqual(plain.columns.pnl);
    expect(even(columns.fills)).toEqual(Float64Array.from(plain.columns.fills));
  });

  it.each([
    ['hjb', hjb, exact.hjb.event],
    ['constant', constantAt(exact.constant.half_spread), exact.constant.event],
  ] as const)('%s: the right mean from either half, and a smaller error from both', async (_name, spec, moments) => {
    const n = 20_000;
    const { columns, summary } = await simulate(simulator, model, spec, 2 * n, 42, 'antithetic');
    expect(Math.abs(summary.mean - moments.mean)).toBeLessThan(4 * summary.mean_se);
    const { correlation } = compare(even(columns.pnl), odd(columns.pnl));
    expect(correlation).toBeLessThan(-0.2);
    // A pair's variance is (1 + correlation)/2 of a path's, a path's standing for the two of a pair.
    expect(summary.variance_ratio * (1 + correlation)).toBeCloseTo(1, 1);
    for (const half of [even, odd]) {
      const fills = half(columns.fills);
      const difference = fills.reduce((sum, x) => sum + x, 0) / n - moments.mean_fills;
      const pnl = half(columns.pnl).reduce((sum, x) => sum + x, 0) / n - moments.mean;
      // Fills of quotes that lean against the inventory vary less than a Poisson count.
      expect(Math.abs(difference)).toBeLessThan(4 * Math.sqrt(moments.mean_fills / n));
      expect(Math.abs(pnl)).toBeLessThan(4 * (moments.std / Math.sqrt(n)));
    }
  });

  it('the fills of a pair are independent where less than half of the orders fill', async () => {
    // A path's fills are the orders with marks below p, its twin's those above 1 − p: disjoint parts of one Poisson
    // measure. It is the price that makes pairs run against each other, and the fills only above p = 1/2 together.
    const n = 20_000;
    const { columns } = await simulate(unbounded, model, constantAt(0.745), 2 * n, 42, 'antithetic');
    const apart = compare(even(columns.fills), odd(columns.fills));
    expect(Math.abs(apart.correlation)).toBeLessThan(4 / Math.sqrt(n));
    // p = e^(−1.5 · 0.3) = 0.638: the parts share 2p − 1 of the orders, of the p that fill.
    const overlap = await simulate(unbounded, model, constantAt(0.3), 2 * n, 42, 'antithetic');
    const p = Math.exp(-0.45);
    const { correlation } = compare(even(overlap.columns.fills), odd(overlap.columns.fills));
    expect(Math.abs(correlation - (2 * p - 1) / p)).toBeLessThan(4 / Math.sqrt(n));
  });

  it('an odd number of paths is refused when the experiment is checked, and by the aggregation', async () => {
    const file = { variance_reduction: 'antithetic', strategies: ['constant'], simulator: { scheme: 'event' } };
    expect(() => planRun(checkExperiment({ ...file, paths: 101 }))).toThrow(/paths: expected an even number/);
    expect(planRun(checkExperiment({ ...file, paths: 102 })).cells).toHaveLength(1);
    const { columns } = await simulate(simulator, model, constantAt(1), 101);
    expect(() => meanSamples(columns, 'antithetic')).toThrow(RangeError);
  });
});
