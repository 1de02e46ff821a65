import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { bestStrategy } from '../../src/aggregate/best-strategy.ts';
import { normalTail } from '../../src/aggregate/normal-tail.ts';
import type { StrategyComparison } from '../../src/aggregate/scenario-accumulator.ts';

describe('normalTail', () => {
  it.each([
    // scipy.stats.norm.sf
    [-1.3, 0.9031995154143897],
    [0, 0.5],
    [0.1, 0.460172162722971],
    [1, 0.15865525393145707],
    [1.959963984540054, 0.025],
    [2.999, 0.0013543365337271057],
    [3, 0.0013498980316300933],
    [3.001, 0.0013454728250849653],
    [4, 3.167124183311986e-5],
    [6, 9.865876450376946e-10],
    [10, 7.61985302416047e-24],
    [30, 4.906713927147908e-198],
  ])('at %d is that of SciPy', (z, expected) => {
    expect(Math.abs(normalTail(z) / expected - 1)).toBeLessThan(1e-12);
  });

  it('is 0 at infinity and NaN at NaN', () => {
    expect(normalTail(Infinity)).toBe(0);
    expect(normalTail(NaN)).toBeNaN();
  });
});

/** A comparison whose two-sided p-value is that of the normal law. */
function pair(strategy: string, baseline: string, difference: number, se: number): StrategyComparison {
  const p_value = se === 0 ? Number(difference === 0) : 2 * normalTail(Math.abs(difference) / se);
  const ends = { ci_low: difference - 1.96 * se, ci_high: difference + 1.96 * se };
  return { strategy, baseline, mean_difference: difference, se, ...ends, p_value, correlation: 0, verdict: 'better' };
}

const mean = (strategy: string, value: number) => ({ strategy, mean: value });

describe('bestStrategy', () => {
  it('takes the largest of the one-sided p-values, whichever rival has it, k − 1 times', () => {
    // b leads c by less than a, but with a smaller error.
    const means = [mean('a', 1), mean('b', 3), mean('c', 2)];
    const best = bestStrategy(means, [pair('b', 'a', 2, 1), pair('c', 'a', 1, 1), pair('c', 'b', -1, 0.1)]);
    expect(best).toMatchObject({ strategy: 'b', mean: 3, runnerUp: 'c', difference: 1, se: 0.1, verdict: 'resolved' });
    expect(best?.ci_low).toBeCloseTo(1 - 0.196, 12);
    expect(best?.ci_high).toBeCloseTo(1 + 0.196, 12);
    // 1 − 2 scipy.stats.norm.sf(2)
    expect(best?.confidence).toBeCloseTo(0.9544997361036416, 12);
  });

  it('does not call a lead resolved that only a comparison without correction would', () => {
    // norm.sf(1.8) = 0.03593: enough for one rival, not for two.
    const two = bestStrategy([mean('a', 1), mean('b', 0)], [pair('b', 'a', -1.8, 1)]);
    expect(two).toMatchObject({ strategy: 'a', difference: 1.8, verdict: 'resolved' });
    expect(two?.confidence).toBeCloseTo(0.9640696808870742, 12);
    const three = bestStrategy(
      [mean('a', 1), mean('b', 0), mean('c', -9)],
      [pair('b', 'a', -1.8, 1), pair('c', 'a', -10, 1), pair('c', 'b', -9, 1)],
    );
    expect(three).toMatchObject({ runnerUp: 'b', verdict: 'unresolved' });
    expect(three?.confidence).toBeCloseTo(1 - 2 * 0.03593031911292579, 12);
  });

  it('claims nothing of equal strategies, of one alone or of none', () => {
    expect(bestStrategy([mean('a', 1), mean('b', 1)], [pair('b', 'a', 0, 0)])).toMatchObject({
      strategy: 'a',
      confidence: 0,
      verdict: 'unresolved',
    });
    expect(bestStrategy([mean('a', 1)], [])).toMatchObject({
      strategy: 'a',
      runnerUp: undefined,
      verdict: 'unresolved',
    });
    expect(bestStrategy([], [])).toBeUndefined();
  });

  it('declares a best one of five equal strategies in at most 5 % of samples', () => {
    // Means of independent standard normal errors, so that any declaration is wrong. Allowance: three standard errors of 5 %.
    const trials = 4000;
    const uniform = seedrandom('best');
    const normal = (): number => Array.from({ length: 12 }, () => uniform()).reduce((sum, u) => sum + u, -6);
    let declared = 0;
    for (let t = 0; t < trials; t++) {
      const means = ['a', 'b', 'c', 'd', 'e'].map((strategy) => mean(strategy, normal()));
      const pairs = means.flatMap((x, i) =>
        means.slice(0, i).map((y) => pair(x.strategy, y.strategy, x.mean - y.mean, Math.SQRT2)),
      );
      if (bestStrategy(means, pairs)?.verdict === 'resolved') declared++;
    }
    expect(declared).toBeGreaterThan(0);
    expect(declared / trials).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / trials));
  });
});
