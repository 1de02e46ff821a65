import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { certaintyEquivalent } from '../../src/aggregate/certainty-equivalent.ts';
import { compare } from '../../src/aggregate/comparison.ts';
import { quantileRanks } from '../../src/aggregate/order-statistic-ranks.ts';
import { type Summary, summarise } from '../../src/aggregate/summary.ts';

interface SampleFixture {
  readonly name: string;
  readonly values: readonly number[];
  readonly figures: Readonly<Partial<Record<keyof Summary, number>>>;
  readonly certainty_equivalents: Readonly<Record<string, number>>;
}

interface PairFixture {
  readonly name: string;
  readonly strategy: readonly number[];
  readonly baseline: readonly number[];
  readonly mean_difference: number;
  readonly statistic: number;
  readonly p_value: number;
  readonly ci: readonly [number, number];
  readonly correlation: number;
}

/** Figures made by NumPy and SciPy with fixtures/make-statistics.py. */
function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./fixtures/statistics-${name}.json`, import.meta.url), 'utf8'));
}

/** |actual − expected| within `tolerance` of the sample's size: a mean near 0 loses digits to cancellation. */
function expectClose(actual: number, expected: number, tolerance: number, size: number, what: string): void {
  const allowed = tolerance * Math.max(Math.abs(expected), size);
  expect(Math.abs(actual - expected), `${what}: expected ${expected}, got ${actual}`).toBeLessThanOrEqual(allowed);
}

function columnsOf(pnl: Float64Array) {
  const count = pnl.length;
  const ints = () => new Int32Array(count);
  const zeros = new Float64Array(count);
  return {
    firstPath: 0,
    count,
    pnl,
    maxDrawdown: zeros,
    integralQ2: zeros,
    fills: ints(),
    finalLots: ints(),
    maxAbsLots: ints(),
  };
}

const facts = { orderSize: 1, gamma: 0.1, phi: 0, running: 0, varianceReduction: 'none' as const };

describe('summary against NumPy and SciPy', () => {
  test.each(fixture<SampleFixture[]>('samples'))('$name', ({ values, figures }) => {
    const summary = summarise(columnsOf(Float64Array.from(values)), facts);
    const size = Math.max(...values.map(Math.abs));
    const ofShape = ['skewness', 'kurtosis', 'sharpe'];
    expect(Object.keys(figures)).toHaveLength(19);
    for (const [name, expected] of Object.entries(figures)) {
      const actual = summary[name as keyof Summary];
      // Relative to spread for spreads; NumPy's plain sums around a mean of 1e7 hold nine digits of a spread of 1.
      if (size > 1e6) expectClose(actual, expected, ofShape.includes(name) ? 1e-7 : 1e-14, size, name);
      else expectClose(actual, expected, 1e-12, ofShape.includes(name) ? 1 : 0, name);
    }
  });

  test.each(fixture<SampleFixture[]>('samples'))('certainty equivalent of $name', ({ values, ...expected }) => {
    for (const [gamma, value] of Object.entries(expected.certainty_equivalents)) {
      const actual = certaintyEquivalent(values.length, (i) => values[i]!, Number(gamma));
      // logsumexp of terms near 0 is exact to about 1e-16, which division by gamma magnifies.
      const rounding = Number(gamma) < 0.01 ? 1e-12 / (Number(gamma) || 1) : 1e-12;
      expectClose(actual, value, rounding, Math.max(...values.map(Math.abs)), `gamma ${gamma}`);
    }
  });
});

describe('order-statistic ranks against scipy.stats.binom', () => {
  const ranks = fixture<{ n: number; p: number; lower: number; upper: number }[]>('ranks');
  test.each(ranks)('n = $n, p = $p', ({ n, p, lower, upper }) => {
    expect(quantileRanks(n, p)).toEqual({ lower, upper });
  });
});

describe('paired differences against scipy.stats.ttest_rel', () => {
  test.each(fixture<PairFixture[]>('pairs'))('$name', (pair) => {
    const result = compare(Float64Array.from(pair.strategy), Float64Array.from(pair.baseline));
    expectClose(result.mean_difference, pair.mean_difference, 1e-12, 1, 'mean difference');
    expectClose(result.mean_difference / result.se, pair.statistic, 1e-10, 0, 't statistic');
    expectClose(result.correlation, pair.correlation, 1e-12, 0, 'correlation');
    expectClose(result.p_value, pair.p_value, 1e-10, 1e-4, 'p-value');
    expectClose(result.ci_low, pair.ci[0], 1e-9, 0, 'lower end');
    expectClose(result.ci_high, pair.ci[1], 1e-9, 0, 'upper end');
    expect(result.verdict).toBe(pair.p_value < 0.05 ? (pair.statistic > 0 ? 'better' : 'worse') : 'inconclusive');
  });
});
