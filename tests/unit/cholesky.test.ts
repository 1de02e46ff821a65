import { describe, expect, it } from 'vitest';
import { choleskyFactor } from '../../src/util/cholesky.ts';

describe('choleskyFactor', () => {
  it('is the factor of numpy.linalg.cholesky', () => {
    const C = [
      [1, 0.5, -0.3],
      [0.5, 1, 0.4],
      [-0.3, 0.4, 1],
    ];
    const expected = [[1], [0.5, 0.8660254037844386], [-0.3, 0.6350852961085884, 0.7118052168020874]];
    choleskyFactor(C)?.forEach((row, i) => {
      expect(row).toHaveLength(i + 1);
      row.forEach((value, j) => {
        expect(value).toBeCloseTo(expected[i]![j]!, 14);
      });
    });
  });

  it.each([1, -1])('knows correlation %d', (rho) => {
    expect(
      choleskyFactor([
        [1, rho],
        [rho, 1],
      ]),
    ).toEqual([[1], [rho, 0]]);
  });

  it('leaves independent variables alone', () => {
    expect(
      choleskyFactor([
        [1, 0],
        [0, 1],
      ]),
    ).toEqual([[1], [0, 1]]);
  });

  it.each([
    ['three that oppose each other', -0.6, -0.6, -0.6],
    ['two that are one and part from the third', 1, 0.9, -0.9],
    ['hardly so', 0.9, 0.9, 0.61],
  ])('refuses what is not positive semi-definite: %s', (_name, a, b, c) => {
    expect(
      choleskyFactor([
        [1, a, b],
        [a, 1, c],
        [b, c, 1],
      ]),
    ).toBeUndefined();
  });
});
