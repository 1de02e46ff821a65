/** Statistics of paths that come in chunks: whatever the cut, they are those of the whole column. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CellAccumulator } from '../../src/aggregate/cell-accumulator.ts';
import {
  certaintyEquivalentOf,
  certaintyEquivalent as directCertaintyEquivalent,
  mergeCertaintyEquivalents,
} from '../../src/aggregate/certainty-equivalent.ts';
import { compare, PairAccumulator } from '../../src/aggregate/comparison.ts';
import { centralMoments, mergeMoments } from '../../src/aggregate/moments.ts';
import { mergePairSums, pairInflation, pairSums } from '../../src/aggregate/pair-inflation.ts';
import { QuantileSketch } from '../../src/aggregate/quantile-sketch.ts';
import { type Summary, summaryOf } from '../../src/aggregate/summary.ts';

interface SampleFixture {
  readonly name: string;
  readonly values: readonly number[];
  readonly figures: Readonly<Partial<Record<keyof Summary, number>>>;
  readonly certainty_equivalents: Readonly<Record<string, number>>;
}

/** Figures made by NumPy and SciPy. */
const samples: SampleFixture[] = JSON.parse(
  readFileSync(new URL('../oracle/fixtures/statistics-samples.json', import.meta.url), 'utf8'),
);

function columnsOf(pnl: Float64Array, firstPath: number) {
  const count = pnl.length;
  const ints = () => new Int32Array(count);
  return {
    firstPath,
    count,
    pnl,
    integralQ2: new Float64Array(count),
    fills: ints(),
    finalLots: ints(),
    maxAbsLots: ints(),
  };
}

/** Cuts 0 … length − 1 at the given shares of its length; no part is empty. */
function cut(values: Float64Array, shares: readonly number[]): Float64Array[] {
  const places = shares.map((share) => Math.ceil(share * values.length)).filter((at) => at > 0 && at < values.length);
  const edges = [0, ...new Set(places.sort((a, b) => a - b)), values.length];
  return edges.slice(1).map((end, i) => values.subarray(edges[i], end));
}

const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });
const size = (x: Float64Array) => x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const near = (a: number, b: number, tolerance: number) =>
  Math.abs(a - b) <= tolerance || (Number.isNaN(a) && Number.isNaN(b));

const SKETCHED = new Set(['p05', 'p50', 'p95', 'var95', 'cvar95']);
const SKETCHED_ERRORS = new Set(['p05_se', 'p50_se', 'p95_se', 'cvar95_se']);

describe('chunks in sketch mode against NumPy and SciPy', () => {
  it.each(samples)('$name', ({ values, figures, certainty_equivalents }) => {
    const x = Float64Array.from(values);
    // Figures of shape lose what the spread is smaller than the values.
    const digits = size(x) > 1e6 ? 1e-7 : 1e-12;
    fc.assert(
      fc.property(cuts, fc.constantFrom(...Object.keys(certainty_equivalents)), (shares, gamma) => {
        const facts = { orderSize: 1, gamma: Number(gamma), phi: 0, running: 0, varianceReduction: 'none' as const };
        const cell = new CellAccumulator(facts, 'sketch');
        for (const part of cut(x, shares)) cell.add(columnsOf(part, part.byteOffset / 8));
        const summary = summaryOf(cell.finish(), facts);
        const bound = summary.percentile_error;
        expect(bound).toBeLessThan(2e-4 * (1 + size(x)));
        for (const [name, expected] of Object.entries(figures)) {
          const actual = summary[name as keyof Summary];
          // 10 bounds for standard errors: those of a small sample reach to its extremes, where bins are wider.
          const allowed = SKETCHED.has(name)
            ? bound
            : SKETCHED_ERRORS.has(name)
              ? 10 * bound
              : digits * Math.max(1, Math.abs(expected));
          expect(near(actual, expected, allowed), `${name}: expected ${expected}, got ${actual}`).toBe(true);
        }
        const rounding = Number(gamma) > 0 && Number(gamma) < 0.01 ? 1e-9 : 1e-12;
        const exact = certainty_equivalents[gamma]!;
        expect(Math.abs(summary.certainty_equivalent - exact)).toBeLessThanOrEqual(rounding * Math.max(1, size(x)));
      }),
      { seed: 1, numRuns: 30 },
    );
  });
});

const column = fc
  .array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 2, maxLength: 60 })
  .map((values) => Float64Array.from(values, (value) => value / 9973));

/** The parts' figures, merged from the left. */
function fold<T>(parts: readonly T[], merge: (a: T, b: T) => T): T {
  return parts.slice(1).reduce(merge, parts[0]!);
}

describe('merging', () => {
  it('moments: those of the whole column', () => {
    fc.assert(
      fc.property(column, cuts, (x, shares) => {
        const whole = centralMoments(x);
        const merged = fold(cut(x, shares).map(centralMoments), mergeMoments);
        expect(merged).toMatchObject({ count: whole.count, min: whole.min, max: whole.max, scale: whole.scale });
        expect(near(merged.mean, whole.mean, 1e-12 * size(x))).toBe(true);
        // Where nearly all values are one, the rounding of its mean, 1e-14, shows against the range.
        const tolerance = whole.scale > 1e-3 * size(x) ? 1e-12 : Number.POSITIVE_INFINITY;
        for (const name of ['m2', 'm3', 'm4'] as const)
          expect(near(merged[name], whole[name], tolerance), name).toBe(true);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('certainty equivalents and their errors: those of the whole column, at any gamma', () => {
    const gammas = fc.constantFrom(0, 1e-9, 1e-3, 0.1, 1, 50);
    fc.assert(
      fc.property(column, cuts, gammas, (x, shares, gamma) => {
        const of = (part: Float64Array) => certaintyEquivalentOf(part.length, (i) => part[i]!, gamma);
        const whole = of(x);
        const merged = fold(cut(x, shares).map(of), (a, b) => mergeCertaintyEquivalents(a, b, gamma));
        expect(whole.value).toBe(directCertaintyEquivalent(x.length, (i) => x[i]!, gamma));
        expect(near(merged.value, whole.value, 1e-11 * (1 + size(x)))).toBe(true);
        expect(near(merged.se, whole.se, 1e-9 * (1 + size(x)))).toBe(true);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('sums over antithetic pairs: those of the whole column', () => {
    fc.assert(
      fc.property(column, column, (x, y) => {
        const even = [x, y].map((values) => values.subarray(0, values.length & ~1));
        const both = Float64Array.from(even.flatMap((values) => [...values]));
        const of = (part: Float64Array) => pairSums(part.length, (i) => part[i]!);
        const [merged, whole] = [fold(even.map(of), mergePairSums), of(both)];
        expect(near(merged.mean, whole.mean, 1e-12 * 100)).toBe(true);
        expect(near(merged.squares, whole.squares, 1e-10 * (1 + whole.squares))).toBe(true);
        expect(near(merged.products ?? Number.NaN, whole.products ?? Number.NaN, 1e-10 * (1 + whole.squares))).toBe(
          true,
        );
        if (whole.squares > 1e-6) expect(pairInflation(merged)).toBeCloseTo(pairInflation(whole), 5);
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it('paired differences and correlation: those of the whole columns', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 })), {
      minLength: 2,
      maxLength: 60,
    });
    fc.assert(
      fc.property(pairs, cuts, (values, shares) => {
        const x = Float64Array.from(values, ([u]) => u / 8);
        const y = Float64Array.from(values, ([u, v]) => (u + v) / 8);
        const whole = compare(x, y);
        const pair = new PairAccumulator();
        const parts = cut(y, shares);
        cut(x, shares).forEach((part, i) => {
          const columns = (pnl: Float64Array) => ({ pnl, samples: pnl, moments: centralMoments(pnl) });
          pair.add(columns(part), columns(parts[i]!));
        });
        const merged = pair.finish();
        expect(near(merged.mean_difference, whole.mean_difference, 1e-11)).toBe(true);
        expect(near(merged.se, whole.se, 1e-11)).toBe(true);
        expect(near(merged.correlation, whole.correlation, 1e-10)).toBe(true);
        expect(merged.verdict).toBe(whole.verdict);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe('quantile sketch', () => {
  const anyColumn = fc
    .array(
      fc.oneof(
        fc.double({ min: -1e3, max: 1e3, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.constantFrom(0, 5, -5),
      ),
      { minLength: 1, maxLength: 100 },
    )
    .map((values) => Float64Array.from(values));
  const places = [fc.double({ min: -10, max: 10, noNaN: true }), fc.double({ min: 1, max: 1e3, noNaN: true })] as const;

  it('finds every order statistic within its bound, the same for any cut', () => {
    fc.assert(
      fc.property(anyColumn, cuts, ...places, (x, shares, centre, scale) => {
        const sketch = new QuantileSketch(centre, scale);
        sketch.add(x);
        const chunked = new QuantileSketch(centre, scale);
        for (const part of cut(x, shares)) chunked.add(part);
        const [whole, parts] = [sketch.statistics(), chunked.statistics()];
        const sorted = x.slice().sort();
        expect([whole.count, parts.count]).toEqual([x.length, x.length]);
        let seen = 0;
        whole.ascend((_, paths) => {
          seen += paths;
          return true;
        });
        expect(seen).toBe(x.length);
        sorted.forEach((exact, i) => {
          const value = whole.at(i + 1);
          expect(parts.at(i + 1)).toBe(value);
          // A bin is as wide at its far end as the bound at the value says, up to the rounding of x − centre.
          const bound = whole.errorAt(value) + 1e-15 * (Math.abs(exact) + Math.abs(centre));
          expect(Math.abs(value - exact)).toBeLessThanOrEqual(bound);
        });
      }),
      { seed: 6, numRuns: 100 },
    );
  });

  it('its bound is 2e-5 of the distance from the centre plus the scale', () => {
    const sketch = new QuantileSketch(10, 4);
    sketch.add(Float64Array.of(1, 2));
    expect(sketch.statistics().errorAt(4)).toBeCloseTo(2e-5 * (6 + 4), 8);
  });

  it('keeps values 20 orders of magnitude apart, and refuses what no sketch of that size holds', () => {
    const sketch = new QuantileSketch(0, 1e-6);
    sketch.add(Float64Array.of(1e-12, -3, 2e8, 0));
    expect(sketch.statistics().at(4)).toBeCloseTo(2e8, -4);
    expect(sketch.statistics().at(2)).toBe(0);
    expect(() => sketch.add(Float64Array.of(1e31))).toThrow(/spans too much for a sketch/);
    expect(() => new QuantileSketch(0, 1).statistics()).toThrow('at least one value');
    expect(() => new QuantileSketch(Number.NaN, 1)).toThrow(RangeError);
    expect(() => new QuantileSketch(0, 0)).toThrow(RangeError);
  });
});
