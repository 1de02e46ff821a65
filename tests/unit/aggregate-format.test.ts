import { describe, expect, test } from 'vitest';
import { formatCount, formatDuration, formatEstimate, formatNumber } from '../../src/util/format.ts';

describe('figures for people', () => {
  test.each([
    [59.62183, 0.02341, '59.622 ± 0.023'],
    [59.62183, 0.0996, '59.62 ± 0.10'],
    [59.62183, 1.25, '59.6 ± 1.3'],
    [59.62183, 12.5, '60 ± 13'],
    [1234567, 4321, '1234600 ± 4300'],
    [-0.0001, 0.1, '0.00 ± 0.10'],
    [-2.34567, 0.00012345, '-2.34567 ± 0.00012'],
    [2.5e-20, 1e-22, '2.5e-20 ± 1.0e-22'],
    [0.1, 0, '0.1 ± 0'],
    [0.1, Number.NaN, '0.1'],
    [Number.NaN, 1, 'n/a'],
  ])('%d with error %d is %s', (value, se, text) => {
    expect(formatEstimate(value, se)).toBe(text);
  });

  test.each([
    [0, '0 ms'],
    [0.35, '350 ms'],
    [0.9999, '1.0 s'],
    [4.25, '4.3 s'],
    [59.96, '1 min 00 s'],
    [125, '2 min 05 s'],
    [3599.7, '1 h 00 min'],
    [3720, '1 h 02 min'],
    [90000, '25 h 00 min'],
    [-1, 'n/a'],
    [Number.NaN, 'n/a'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  test('numbers and counts', () => {
    expect([formatNumber(-0), formatNumber(0.1 + 0.2), formatNumber(1e-7)]).toEqual([
      '0',
      '0.30000000000000004',
      '1e-7',
    ]);
    expect([formatCount(999), formatCount(1000000)]).toEqual(['999', '1,000,000']);
  });
});
