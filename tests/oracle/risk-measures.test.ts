import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CellAccumulator } from '../../src/aggregate/cell-accumulator.ts';
import { riskColumnsOf } from '../../src/aggregate/risk-columns.ts';
import { studentQuantile, studentTail } from '../../src/aggregate/student-law.ts';
import { type CellFacts, summaryOf } from '../../src/aggregate/summary.ts';
import type { StatisticsMode } from '../../src/config/experiment.ts';
import type { RiskMeasures } from '../../src/config/goals.ts';
import { riskColumns } from '../../src/config/risk-columns.ts';

interface Fixture {
  readonly samples: readonly {
    readonly name: string;
    readonly pnl: readonly number[];
    readonly drawdown: readonly number[];
    readonly gamma: number;
    readonly target: number;
    readonly figures: Readonly<Record<string, number>>;
  }[];
  readonly student: readonly {
    readonly degrees: number;
    readonly tails: readonly (readonly [number, number])[];
    readonly quantiles: readonly (readonly [number, number])[];
  }[];
}

/** Made by NumPy and SciPy with fixtures/make-risk.py. */
const fixture: Fixture = JSON.parse(readFileSync(new URL('./fixtures/risk.json', import.meta.url), 'utf8'));

const measures: RiskMeasures = {
  levels: [0.9, 0.95, 0.975, 0.99, 0.9],
  ratios: true,
  target: 0,
  utility: true,
  drawdown: true,
  bound_time: false,
  decompose: false,
};

function factsOf(gamma: number, target: number): CellFacts {
  const risk = { measures: { ...measures, target }, horizon: 1, fee: 0, impact: 0, startLots: 0 };
  return { orderSize: 1, gamma, phi: 0, running: 0, varianceReduction: 'none', risk };
}

/** The figures, and those of them that `risk:` adds, of paths that are added in chunks of so many. */
function columnsOf(
  pnl: readonly number[],
  drawdown: readonly number[],
  facts: CellFacts,
  mode: StatisticsMode,
  chunk = pnl.length,
): { readonly all: ReadonlyMap<string, number>; readonly added: ReadonlyMap<string, number> } {
  const cell = new CellAccumulator(facts, mode);
  for (let first = 0; first < pnl.length; first += chunk) {
    const part = Float64Array.from(pnl.slice(first, first + chunk));
    const ints = new Int32Array(part.length);
    cell.add({
      firstPath: first,
      count: part.length,
      pnl: part,
      maxDrawdown: Float64Array.from(drawdown.slice(first, first + chunk)),
      integralQ2: new Float64Array(part.length),
      fills: ints,
      finalLots: ints,
      maxAbsLots: ints,
    });
  }
  const all = cell.finish();
  const summary = summaryOf(all, facts);
  const added = riskColumnsOf(all, facts, summary);
  return { all: new Map([...Object.entries(summary), ...added]), added };
}

describe.each(fixture.samples)('risk measures against NumPy and SciPy: $name', (sample) => {
  const facts = factsOf(sample.gamma, sample.target);

  test('exact statistics: every column, to 1e-10', () => {
    const { all: columns, added } = columnsOf(sample.pnl, sample.drawdown, facts, 'exact');
    expect([...added.keys()]).toEqual(riskColumns(facts.risk?.measures));
    expect(added.has('var95')).toBe(false);
    for (const [name, value] of Object.entries(sample.figures)) {
      const actual = columns.get(name) ?? Number.NaN;
      expect(Math.abs(actual - value), `${name}: ${actual} for ${value}`).toBeLessThanOrEqual(
        1e-10 * Math.abs(value) + 1e-12,
      );
    }
  });

  test('sketched statistics in chunks of 100: moments to 1e-10, order statistics to the width of a bin', () => {
    const { all: columns } = columnsOf(sample.pnl, sample.drawdown, facts, 'sketch', 100);
    for (const [name, value] of Object.entries(sample.figures)) {
      const actual = columns.get(name) ?? Number.NaN;
      // A bin is 2e-5 (scale + distance from the centre), here at most 2e-5 * 25; a standard error of percentiles spans two.
      const allowed = /var|_p\d\d|_max$/.test(name) ? 1e-3 : 1e-10 * Math.abs(value) + 1e-12;
      expect(Math.abs(actual - value), `${name}: ${actual} for ${value}`).toBeLessThanOrEqual(allowed);
    }
  });
});

test('the Sortino ratio has no value where no path is below the target, expected utility none where it overflows', () => {
  const { all: columns } = columnsOf([1, 2, 3], [0, 0, 0], factsOf(1, 0), 'exact');
  expect(columns.get('sortino')).toBeNaN();
  expect(columns.get('sortino_se')).toBeNaN();
  const { all: ruin } = columnsOf([-800, 1, 2], [0, 0, 0], factsOf(1, 0), 'exact');
  expect(ruin.get('expected_utility')).toBeNaN();
  expect(ruin.get('sharpe_se')).toBeGreaterThan(0);
});

describe.each(fixture.student)('Student law with $degrees degrees of freedom against scipy.stats.t', (law) => {
  test('tails to 1e-9, quantiles to 1e-7', () => {
    for (const [t, tail] of law.tails) expect(Math.abs(studentTail(t, law.degrees) / tail - 1)).toBeLessThan(1e-9);
    for (const [p, q] of law.quantiles) expect(Math.abs(studentQuantile(p, law.degrees) / q - 1)).toBeLessThan(1e-7);
  });
});

test('the Student law refuses degrees of freedom and tails that it has not', () => {
  expect(() => studentTail(1, 0)).toThrow(RangeError);
  expect(() => studentTail(1, 2.5)).toThrow(RangeError);
  expect(() => studentQuantile(0.6, 5)).toThrow(RangeError);
  expect(studentTail(-1, 3)).toBeCloseTo(1 - studentTail(1, 3), 15);
  expect(studentQuantile(0.025, Number.POSITIVE_INFINITY)).toBeCloseTo(1.959963984540054, 12);
});
