import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare } from '../../src/aggregate/comparison.ts';
import { SUMMARY_COLUMNS } from '../../src/aggregate/metrics/index.ts';
import type { Summary } from '../../src/aggregate/summary.ts';
import { comparisonsCsv } from '../../src/report/comparisons-csv.ts';
import { csvNumber, csvTable, csvText } from '../../src/report/csv.ts';
import { summaryCsv } from '../../src/report/summary-csv.ts';

describe('numbers', () => {
  test('every double reads back as itself', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => Number(csvNumber(x)) === x),
      { seed: 1, numRuns: 1000 },
    );
    expect([0.1, -0, 1e21, -5e-324, Number.NaN].map(csvNumber)).toEqual(['0.1', '0', '1e+21', '-5e-324', '']);
    expect(() => csvNumber(Infinity)).toThrow(RangeError);
    expect(() => csvTable(['x'], [[-Infinity]])).toThrow('finite');
  });
});

describe('text', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+x', "'+x"],
    ['-x', "'-x"],
    ['@x', "'@x"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['=a,"b"', '"\'=a,""b"""'],
    ['a,b', '"a,b"'],
    ['plain name', 'plain name'],
    ['a=1', 'a=1'],
    ['', ''],
    ['Ünï', 'Ünï'],
  ])('%j is written as %j', (text, field) => {
    expect(csvText(text)).toBe(field);
    expect(csvTable(['a', 'b'], [[text, -1]])).toBe(`a,b\n${field},-1\n`);
  });

  test('any text reads back, with an apostrophe where it could be run', () => {
    const text = fc.string({ unit: 'binary-ascii' });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [row] = parse(csvTable(['a', 'b'], [[a, b]]), { from_line: 2, relax_column_count: false }) as string[][];
        const harmless = (s: string) => (/^[=+\-@\t\r]/.test(s) ? `'${s}` : s);
        expect(row).toEqual([harmless(a), harmless(b)]);
        expect(csvTable(['a', 'b'], [[a, b]])).toBe(`a,b\n${csvText(a)},${csvText(b)}\n`);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test('a row of another length is refused, and a table without rows has its header', () => {
    expect(() => csvTable(['a', 'b'], [[1]])).toThrow('rows of 2 fields, got one of 1');
    expect(csvTable(['a', 'b'], [])).toBe('a,b\n');
  });
});

/** A summary whose columns hold 1, 2, 3, … */
function numbered(overrides: Partial<Summary> = {}): Summary {
  const entries = SUMMARY_COLUMNS.map((name, i) => [name, i + 1]);
  return { ...(Object.fromEntries(entries) as Summary), ...overrides };
}

describe('summary.csv', () => {
  test('scenario, swept paths, strategy, then the figures', () => {
    const csv = summaryCsv(
      [
        {
          scenario: 0,
          point: { 'simulator.sigma': -0.1, 'simulator.Q_max': null, 'x.y': true, 'simulator.fill': 'linear' },
          strategy: 'hjb',
          summary: numbered({ sharpe: Number.NaN, mean: -0, p05: -1.5 }),
        },
        { scenario: 1, point: { 'simulator.sigma': 2 }, strategy: '=cmd', summary: undefined },
      ],
      ['simulator.sigma', 'simulator.Q_max', 'x.y', 'simulator.fill'],
    );
    const lines = csv.split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toBe(
      `scenario,simulator.sigma,simulator.Q_max,x.y,simulator.fill,strategy,${SUMMARY_COLUMNS.join(',')}`,
    );
    const figures = Array.from({ length: 16 }, (_, i) => 21 + i);
    expect(lines[1]).toBe(`0,-0.1,null,true,linear,hjb,1,0,3,4,5,6,7,-1.5,9,10,11,12,13,14,15,16,17,18,19,,${figures}`);
    expect(lines[2]).toBe(`1,2,,,,'=cmd,0${','.repeat(35)}`);
    expect(lines[3]).toBe('');
  });

  test('an infinite figure is an error, not a field', () => {
    const row = { scenario: 0, point: {}, strategy: 'hjb', summary: numbered({ kurtosis: Infinity }) };
    expect(() => summaryCsv([row], [])).toThrow(RangeError);
  });
});

test('comparisons.csv', () => {
  const comparison = compare(Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 3));
  expect(comparisonsCsv([{ scenario: 3, strategy: 'a', baseline: '@b', ...comparison }])).toBe(
    "scenario,strategy,baseline,mean_difference,se,ci_low,ci_high,correlation,verdict\n3,a,'@b,0,0,0,0,1,inconclusive\n",
  );
  const constant = compare(Float64Array.of(1, 1), Float64Array.of(2, 2));
  expect(comparisonsCsv([{ scenario: 0, strategy: 'a', baseline: 'b', ...constant }])).toContain(
    '\n0,a,b,-1,0,-1,-1,,worse\n',
  );
});
