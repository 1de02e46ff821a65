import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ModelParameters } from '../../src/config/experiment.ts';
import { solveJointHjb } from '../../src/solve/joint/joint-hjb.ts';
import { createJointQuoteReader } from '../../src/solve/joint/joint-quotes.ts';
import { largestDifference } from './fixtures/solve-models.ts';

type Values = readonly (number | null)[];

interface ScipyCase {
  readonly case: string;
  readonly models: readonly [ModelParameters, ModelParameters];
  readonly correlation: number;
  readonly rows: readonly {
    readonly t: number;
    readonly theta: readonly number[];
    readonly bid1: Values;
    readonly ask1: Values;
    readonly bid2: Values;
    readonly ask2: Values;
  }[];
}

/** Made by fixtures/make-joint-hjb-scipy.py: DOP853 at rtol = 1e-13, and matrix exponentials, in the original variables. */
const cases: ScipyCase[] = JSON.parse(readFileSync(new URL('fixtures/joint-hjb-scipy.json', import.meta.url), 'utf8'));

describe.each(cases)('two assets against SciPy: $case', ({ models, correlation, rows }) => {
  // Some of the times are nodes, some lie between.
  it.each([1, 10, 37])('%d intervals agree at and between nodes', (intervals) => {
    const [first, second] = models;
    const dt = first.T / intervals;
    const grid = solveJointHjb(
      [
        { ...first, dt },
        { ...second, dt: 2 * dt },
      ],
      correlation,
    );
    const reader = createJointQuoteReader(grid);
    const states = grid.inventories[0].length * grid.inventories[1].length;
    const vector = () => new Float64Array(states);
    expect(grid.times.length).toBe(intervals + 1);
    for (const row of rows) {
      const theta = vector();
      const quotes = { bid1: vector(), ask1: vector(), bid2: vector(), ask2: vector() };
      reader.theta(row.t, theta);
      reader.quotes(row.t, quotes);
      const scale = Math.max(1, ...row.theta.map(Math.abs));
      expect(largestDifference(theta, row.theta) / scale).toBeLessThan(1e-9);
      for (const side of ['bid1', 'ask1', 'bid2', 'ask2'] as const) {
        expect(largestDifference(quotes[side], row[side])).toBeLessThan(3e-9);
      }
    }
  });
});
