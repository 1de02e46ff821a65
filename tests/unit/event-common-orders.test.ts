/** Strategies of one seed meet the same random numbers; the twins of an antithetic pair meet opposite ones. */
import { describe, expect, it } from 'vitest';
import { compare } from '../../src/aggregate/comparison.ts';
import { meanSamples } from '../../src/aggregate/mean-samples.ts';
import { checkExperiment } from '../../src/index.ts';
import { planRun } from '../../src/plan/plan.ts';
import { exactCases } from '../support/exact-cases.ts';
import { simulate, strategy } from '../support/simulate.ts';

const { model, ...exact } = exactCases().find(({ name }) => name === 'avellaneda-stoikov-2008')!;
const simulator = { ...exact.simulator, scheme: 'event', fill: 'poisson' } as const;
const unbounded = { ...simulator, Q_max: null };
const hjb = strategy('hjb');
const constantAt = (half_spread: number) => strategy('constant', { half_spread });
const every2nd = (column: ArrayLike<number>, first: 0 | 1) =>
  Float64Array.from({ length: column.length / 2 }, (_, i) => column[2 * i + first]!);
const pairCorrelation = (column: ArrayLike<number>) => compare(every2nd(column, 0), every2nd(column, 1)).correlation;

describe('common random numbers', () => {
  it('a closer quote has no fewer fills than a farther one, path by path', async () => {
    const counts: Int32Array[] = [];
    for (const half of [1.2, 0.745, 0.3, 0, -0.2]) {
      counts.push((await simulate(unbounded, model, constantAt(half), 2000)).columns.fills);
    }
    for (let i = 1; i < counts.length; i++) {
      const [far, near] = [counts[i - 1]!, counts[i]!];
      expect(near.every((fills, path) => fills >= far[path]!)).toBe(true);
      expect(near.some((fills, path) => fills > far[path]!)).toBe(true);
    }
  });

  it('strategies that hardly differ have paths that hardly differ', async () => {
    const one = await simulate(simulator, model, constantAt(0.745), 2000);
    const other = await simulate(simulator, model, constantAt(0.745 + 1e-9), 2000);
    const same = one.columns.fills.filter((fills, path) => fills === other.columns.fills[path]).length;
    expect(same).toBeGreaterThanOrEqual(1999);
  });

  it('make paired differences more precise', async () => {
    const optimal = await simulate(simulator, model, hjb, 20_000);
    const fixed = await simulate(simulator, model, constantAt(0.745), 20_000);
    const { correlation, se, mean_difference } = compare(optimal.columns.pnl, fixed.columns.pnl);
    expect(correlation).toBeGreaterThan(0.5);
    expect(se).toBeLessThan(0.75 * Math.hypot(optimal.summary.mean_se, fixed.summary.mean_se));
    expect(Math.abs(mean_difference - (exact.hjb.event.mean - exact.constant.event.mean))).toBeLessThan(4 * se);
  });
});

describe('antithetic pairs', () => {
  it.each([
    ['hjb', hjb, exact.hjb.event],
    ['constant', constantAt(exact.constant.half_spread), exact.constant.event],
  ] as const)('%s: the right mean from either half, and a smaller error from both', async (_name, spec, moments) => {
    const pairs = 20_000;
    const { columns, summary } = await simulate(simulator, model, spec, 2 * pairs, 42, 'antithetic');
    expect(Math.abs(summary.mean - moments.mean)).toBeLessThan(4 * summary.mean_se);
    expect(pairCorrelation(columns.fills)).toBeLessThan(-0.3);
    const correlation = pairCorrelation(columns.pnl);
    expect(correlation).toBeLessThan(-0.3);
    // The average of a pair has the variance σ²(1 + ρ)/2, that of two independent paths σ²/2.
    expect(summary.variance_ratio * (1 + correlation)).toBeCloseTo(1, 1);
    for (const half of [0, 1] as const) {
      const fills = every2nd(columns.fills, half).reduce((sum, x) => sum + x, 0) / pairs - moments.mean_fills;
      const pnl = every2nd(columns.pnl, half).reduce((sum, x) => sum + x, 0) / pairs - moments.mean;
      // Fills of quotes that lean against the inventory, or stop at a bound, vary less than a Poisson count.
      expect(Math.abs(fills)).toBeLessThan(4 * Math.sqrt(moments.mean_fills / pairs));
      expect(Math.abs(pnl)).toBeLessThan(4 * (moments.std / Math.sqrt(pairs)));
    }
  });

  it('the fills of a pair correlate as its waiting times do', async () => {
    // corr(−ln u, −ln(1 − u)) = 1 − π²/6 = −0.645, and the counts of the two renewal processes tend to that in the limit of
    // many; −0.613 at 140 · 2 e^(−0.45) = 178.5 of them (NumPy, 100,000 pairs of counts).
    const { columns } = await simulate(unbounded, model, constantAt(0.3), 40_000, 42, 'antithetic');
    expect(Math.abs(pairCorrelation(columns.fills) + 0.613)).toBeLessThan((4 * (1 - 0.613 ** 2)) / Math.sqrt(20_000));
  });

  it('an odd number of paths is refused when the experiment is checked, and by the aggregation', async () => {
    const file = { variance_reduction: 'antithetic', strategies: ['constant'], simulator: { scheme: 'event' } };
    expect(() => planRun(checkExperiment({ ...file, paths: 101 }))).toThrow(/paths: expected an even number/);
    expect(planRun(checkExperiment({ ...file, paths: 102 })).cells).toHaveLength(1);
    const { columns } = await simulate(simulator, model, constantAt(1), 101);
    expect(() => meanSamples(columns, 'antithetic')).toThrow(RangeError);
  });
});
