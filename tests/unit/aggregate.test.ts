import { describe, expect, test } from 'vitest';
import { certaintyEquivalent } from '../../src/aggregate/certainty-equivalent.ts';
import { checkSample, quantileSorted } from '../../src/aggregate/checked-statistics.ts';
import { compare } from '../../src/aggregate/comparison.ts';
import { compensatedSum } from '../../src/aggregate/compensated-sum.ts';
import { cvar, cvarStandardError } from '../../src/aggregate/cvar.ts';
import { centralMoments, excessKurtosis, sampleStd, skewness } from '../../src/aggregate/moments.ts';
import { quantileRanks } from '../../src/aggregate/order-statistic-ranks.ts';
import { sortedStatistics } from '../../src/aggregate/order-statistics.ts';
import { percentileStandardError } from '../../src/aggregate/percentile-standard-error.ts';
import { RunningMean } from '../../src/aggregate/running-mean.ts';

const f64 = (...values: number[]) => Float64Array.from(values);

describe('compensated sum', () => {
  test('keeps what plain summation loses', () => {
    const terms = [1, 1e100, 1, -1e100];
    expect(compensatedSum(4, (i) => terms[i]!)).toBe(2);
    expect(compensatedSum(1e6, () => 0.1)).toBe(100000);
    expect(compensatedSum(0, () => 1)).toBe(0);
  });
});

describe('checked statistics', () => {
  test('refuses what would be silently wrong or never return', () => {
    expect(() => checkSample(f64(), 'pnl')).toThrow('pnl: expected at least one value');
    expect(() => checkSample(f64(1, 2, Number.NaN), 'pnl')).toThrow('pnl: expected finite numbers, got NaN at path 2');
    expect(() => checkSample(f64(-Infinity), 'pnl')).toThrow('got -Infinity at path 0');
    expect(() => quantileSorted(f64(1, 2), Number.NaN)).toThrow(RangeError);
    expect(() => quantileSorted(f64(1, 2), 1.01)).toThrow(RangeError);
    expect(() => quantileSorted(f64(2, 1), 0.5)).toThrow('ascending');
    expect(() => quantileSorted(f64(1, Number.NaN), 0.5)).toThrow('ascending');
    expect(() => quantileSorted(f64(), 0.5)).toThrow('at least one');
  });
});

describe('moments', () => {
  test('a constant column has exactly no spread, whatever the rounding of its mean', () => {
    const m = centralMoments(new Float64Array(49).fill(0.1));
    expect([m.mean, sampleStd(m)]).toEqual([0.1, 0]);
    expect(skewness(m)).toBeNaN();
    expect(excessKurtosis(m)).toBeNaN();
  });

  test.each([1e-200, 1e-100, 1, 1e100, 1e200])('shape does not depend on the unit %f', (unit) => {
    const m = centralMoments(f64(1, 2, 4, 8, 16).map((x) => x * unit));
    expect(sampleStd(m) / unit).toBeCloseTo(6.09918, 5);
    expect(skewness(m)).toBeCloseTo(0.889048, 6);
    expect(excessKurtosis(m)).toBeCloseTo(-0.674059, 6);
  });
});

describe('percentile', () => {
  test('type 7, NumPy: np.percentile([1, 2, 4, 8], [0, 5, 50, 95, 100])', () => {
    const x = sortedStatistics(f64(1, 2, 4, 8));
    const expected = [1, 1.15, 3, 7.4, 8];
    [0, 5, 50, 95, 100].forEach((p, i) => {
      expect(x.quantile(p / 100)).toBeCloseTo(expected[i]!, 13);
    });
  });

  test('ranks mirror each other and show where a bound is missing', () => {
    expect(quantileRanks(71, 0.05).lower).toBe(0);
    expect(quantileRanks(72, 0.05).lower).toBe(1);
    for (const n of [30, 72, 1000]) {
      const low = quantileRanks(n, 0.05);
      const high = quantileRanks(n, 0.95);
      expect([high.lower, high.upper]).toEqual([n + 1 - low.upper, n + 1 - low.lower]);
    }
    expect(() => quantileRanks(0, 0.5)).toThrow(RangeError);
    expect(() => quantileRanks(10, 1)).toThrow(RangeError);
  });

  test('its standard error falls back on the extremes for small n', () => {
    // n = 3: ranks 0 and 2, so [x(1), x(2)].
    expect(quantileRanks(3, 0.05)).toEqual({ lower: 0, upper: 2 });
    expect(percentileStandardError(sortedStatistics(f64(1, 5, 100)), 5)).toBeCloseTo(4 / (2 * 1.959963984540054), 14);
    expect(percentileStandardError(sortedStatistics(f64(1)), 5)).toBeNaN();
  });
});

describe('CVaR', () => {
  test('the order statistic at the edge counts by its fraction', () => {
    const x = Float64Array.from({ length: 30 }, (_, i) => i - 10);
    expect(cvar(sortedStatistics(x), 0.05)).toBeCloseTo((10 + 0.5 * 9) / 1.5, 14);
    expect(cvar(sortedStatistics(x), 1)).toBeCloseTo(-4.5, 14);
    expect(cvar(sortedStatistics(x.subarray(0, 20)), 0.05)).toBe(10);
    expect(cvar(sortedStatistics(x.subarray(0, 7)), 0.05)).toBe(10);
    expect(() => cvar(sortedStatistics(x), 0)).toThrow(RangeError);
    expect(cvarStandardError(sortedStatistics(x.subarray(0, 1)), 0.05)).toBeNaN();
  });

  test('n = 100: worst five paths, not the mean below the 95th percentile', () => {
    const x = Float64Array.from({ length: 100 }, (_, i) => i);
    expect(cvar(sortedStatistics(x), 0.05)).toBe(-2);
  });
});

describe('certainty equivalent', () => {
  const x = [0, 10];
  test('closed form of two outcomes, continuous where the two ways of computing meet', () => {
    for (const gamma of [0.05, 0.099999999, 0.1, 0.100000001, 1, 30]) {
      const exact = -Math.log((1 + Math.exp(-10 * gamma)) / 2) / gamma;
      expect(certaintyEquivalent(2, (i) => x[i]!, gamma)).toBeCloseTo(exact, 12);
    }
  });

  test('neither overflows at large gamma nor loses digits at small gamma', () => {
    const far = [-1000, 1000];
    expect(certaintyEquivalent(2, (i) => far[i]!, 1e3)).toBeCloseTo(-1000 + Math.log(2) / 1e3, 10);
    // mean − γ var/2 + …: the second term is 12.5e-9 at γ = 1e-9.
    expect(certaintyEquivalent(2, (i) => x[i]!, 1e-9) - 5).toBeCloseTo(-12.5e-9, 14);
    expect(certaintyEquivalent(2, (i) => x[i]!, 0)).toBe(5);
    expect(() => certaintyEquivalent(2, () => 1, -1)).toThrow('gamma');
    expect(() => certaintyEquivalent(0, () => 1, 1)).toThrow('at least one');
  });
});

describe('paired comparison', () => {
  test('equal columns: no difference, correlation exactly 1', () => {
    const x = f64(0.1, 0.7, -3.3, 1e5, 2.2);
    expect(compare(x, x.slice())).toEqual({
      mean_difference: 0,
      se: 0,
      ci_low: 0,
      ci_high: 0,
      p_value: 1,
      correlation: 1,
      verdict: 'inconclusive',
    });
    expect(compare(f64(2, 2), f64(2, 2)).correlation).toBeNaN();
  });

  test('is antisymmetric, and paired by index', () => {
    const x = f64(1, 2, 3, 4, 5, 6);
    const y = f64(0.8, 1.9, 2.7, 3.9, 4.8, 5.7);
    const there = compare(x, y);
    const back = compare(y, x);
    expect(there.verdict).toBe('better');
    expect(back.verdict).toBe('worse');
    expect(back.mean_difference).toBe(-there.mean_difference);
    expect(compare(x, y.slice().reverse()).verdict).toBe('inconclusive');
  });

  test('one path says nothing; columns of two lengths or with NaN are refused', () => {
    expect(compare(f64(1), f64(0))).toMatchObject({ mean_difference: 1, se: Number.NaN, verdict: 'inconclusive' });
    expect(() => compare(f64(1, 2), f64(1))).toThrow('one length');
    expect(() => compare(f64(1), f64(Number.NaN))).toThrow('pnl of the baseline');
  });
});

describe('running mean', () => {
  test('blocks of any size and order come to the whole column', () => {
    const x = Float64Array.from({ length: 1000 }, (_, i) => 1e6 + ((i * 7919) % 1009) / 10);
    const m = centralMoments(x);
    const running = new RunningMean();
    expect([running.mean, running.standardError]).toEqual([Number.NaN, Number.NaN]);
    for (const [from, to] of [
      [600, 1000],
      [0, 1],
      [1, 1],
      [1, 600],
    ] as const) {
      running.add(x, from, to);
    }
    expect(running.count).toBe(1000);
    expect(running.mean).toBeCloseTo(m.mean, 8);
    expect(running.standardError).toBeCloseTo(sampleStd(m) / Math.sqrt(1000), 10);
    expect(() => running.add(x, 0, 1001)).toThrow(RangeError);
  });
});
