import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SOBOL_DIMENSIONS, sobolPoints } from '../../src/config/sobol.ts';
import { unitPoints } from '../../src/config/sweep-sample.ts';
import { decimalSteps, rangeValues } from '../../src/config/sweep-values.ts';

/** Made by make-sobol.py. */
const fixture = z
  .object({ points: z.record(z.string(), z.array(z.number())), weighted: z.array(z.number()) })
  .parse(JSON.parse(readFileSync(path.join(import.meta.dirname, 'fixtures/sobol.json'), 'utf8')));

describe('the Sobol sequence', () => {
  const points = sobolPoints(4096, SOBOL_DIMENSIONS);

  it("is SciPy's qmc.Sobol without scrambling, in all dimensions", () => {
    expect(SOBOL_DIMENSIONS).toBe(21);
    expect(points[0]).toEqual(new Array(21).fill(0));
    for (const [number, expected] of Object.entries(fixture.points)) expect(points[Number(number)]).toEqual(expected);
    const weighted = fixture.weighted.map((_, d) => points.reduce((sum, point, i) => sum + i * (point[d] ?? NaN), 0));
    expect(weighted).toEqual(fixture.weighted);
  });

  it('keeps its nets under a digital shift: each 64th of every axis once in 64 points', () => {
    const shifted = unitPoints('sobol', 64, 5, 'a seed');
    expect(shifted).not.toEqual(sobolPoints(64, 5));
    for (let d = 0; d < 5; d++) {
      const cells = shifted.map((point) => Math.floor(64 * (point[d] ?? NaN))).sort((a, b) => a - b);
      expect(cells).toEqual(Array.from({ length: 64 }, (_, i) => i));
    }
    expect(unitPoints('sobol', 64, 5, 'a seed')).toEqual(shifted);
    expect(unitPoints('sobol', 64, 5, 'another')).not.toEqual(shifted);
  });
});

describe('random designs', () => {
  it('a Latin hypercube has one point in each slice of each axis, paired at random', () => {
    const n = 400;
    const points = unitPoints('latin_hypercube', n, 3, 1);
    for (let d = 0; d < 3; d++) {
      const slices = points.map((point) => Math.floor(n * (point[d] ?? NaN))).sort((a, b) => a - b);
      expect(slices).toEqual(Array.from({ length: n }, (_, i) => i));
    }
    // Correlation of two independent permutations: mean 0, standard error 1/√(n − 1). Four standard errors.
    expect(Math.abs(correlation(points, 0, 1))).toBeLessThan(4 / Math.sqrt(n - 1));
    expect(Math.abs(correlation(points, 1, 2))).toBeLessThan(4 / Math.sqrt(n - 1));
  });

  it.each(['random', 'latin_hypercube'] as const)('%s is a function of its seed alone, 0 by default', (design) => {
    expect(unitPoints(design, 9, 2, 0)).toEqual(unitPoints(design, 9, 2, undefined));
    expect(unitPoints(design, 9, 2, 0)).not.toEqual(unitPoints(design, 9, 2, 1));
  });

  it('random points are uniform: mean 1/2 and variance 1/12 within four standard errors', () => {
    const n = 4000;
    const xs = unitPoints('random', n, 1, 3).map(([x = NaN]) => x);
    const mean = xs.reduce((sum, x) => sum + x, 0) / n;
    const variance = xs.reduce((sum, x) => sum + (x - 0.5) ** 2, 0) / n;
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
    // Var (x − 1/2)² = 1/80 − 1/144 = 1/180.
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / n));
  });
});

describe('ranges', () => {
  it('step gives the decimals that are written', () => {
    expect(decimalSteps(0.1, 0.5, 0.1).values).toEqual([0.1, 0.2, 0.3, 0.4, 0.5]);
    expect(decimalSteps(-0.3, 0.3, 0.3).values).toEqual([-0.3, 0, 0.3]);
    expect(decimalSteps(5, 1, -2).values).toEqual([5, 3, 1]);
    expect(decimalSteps(1e-7, 3e-7, 1e-7).values).toEqual([1e-7, 2e-7, 3e-7]);
    expect(decimalSteps(1e11, 3e11, 1e11).values).toEqual([1e11, 2e11, 3e11]);
    // Python's decimal.Decimal('0.001') * i for i in 1 … 1000.
    const thousandths = decimalSteps(0.001, 1, 0.001).values;
    expect(thousandths.map(String)).toEqual(
      Array.from({ length: 1000 }, (_, i) =>
        String(Number(`${Math.floor((i + 1) / 1000)}.${String((i + 1) % 1000).padStart(3, '0')}`)),
      ),
    );
  });

  it.each([
    [0, 1, 0.3, 'a step that leads from 0 to 1 (0.3 ends at 0.9)'],
    [0, 1, -0.5, 'a step that leads from 0 to 1'],
    [0, 1, 2, 'a step that leads from 0 to 1'],
    [1, 1, 1, 'a step that leads from 1 to 1'],
    [0, 1, 0, 'a step other than 0'],
    [0, 1, 1e-6, 'a step of at most 100000 values'],
  ])('refuses from %d to %d by %d', (from, to, step, problem) => {
    expect(decimalSteps(from, to, step)).toEqual({ values: [], problem });
  });

  it('a log scale is that of numpy.geomspace(0.01, 3, 7)', () => {
    const expected = [
      0.01, 0.02587340236772446, 0.06694329500821695, 0.17320508075688776, 0.4481404746557166, 1.159491881803038, 3,
    ];
    const values = rangeValues({ from: 0.01, to: 3, steps: 7, scale: 'log' });
    values.forEach((value, i) => {
      expect(Math.abs(value / (expected[i] ?? NaN) - 1)).toBeLessThan(1e-11);
    });
    expect(rangeValues({ from: 0.001, to: 1000, steps: 7, scale: 'log' })).toEqual([
      0.001, 0.01, 0.1, 1, 10, 100, 1000,
    ]);
    expect(rangeValues({ from: 100, to: 1, steps: 3, scale: 'log' })).toEqual([100, 10, 1]);
  });
});

function correlation(points: readonly (readonly number[])[], a: number, b: number): number {
  const column = (d: number): number[] => {
    const xs = points.map((point) => point[d] ?? NaN);
    const mean = xs.reduce((sum, x) => sum + x, 0) / xs.length;
    return xs.map((x) => x - mean);
  };
  const [x, y] = [column(a), column(b)];
  const dot = (u: readonly number[], v: readonly number[]): number =>
    u.reduce((sum, ui, i) => sum + ui * (v[i] ?? NaN), 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}
