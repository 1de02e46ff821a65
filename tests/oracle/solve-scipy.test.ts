import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ModelParameters } from '../../src/config/experiment.ts';
import { solveHjb } from '../../src/solve/hjb-grid.ts';
import { createQuoteReader } from '../../src/solve/quotes.ts';
import { largestDifference, type QuoteRow } from './fixtures/solve-models.ts';

interface ScipyCase {
  readonly case: string;
  readonly model: ModelParameters;
  readonly rows: readonly (QuoteRow & { readonly theta: readonly number[] })[];
}

/** Made by fixtures/make-hjb-scipy.py: DOP853 at rtol = 1e-13 in the original variables. */
const cases: ScipyCase[] = JSON.parse(readFileSync(new URL('fixtures/hjb-scipy.json', import.meta.url), 'utf8'));

describe.each(cases)('bounded quotes against SciPy: $case', ({ model, rows }) => {
  // Steps of many lengths end on either side of the times at which a quote meets a bound.
  it.each(Array.from({ length: 16 }, (_, i) => (i + 1) ** 2))(
    '%d intervals agree at and between nodes',
    (intervals) => {
      const reader = createQuoteReader(solveHjb({ ...model, dt: model.T / intervals }));
      expect(rows.length).toBe(3);
      for (const row of rows) {
        const theta = new Float64Array(row.theta.length);
        const bid = theta.slice();
        const ask = theta.slice();
        reader.theta(row.t, theta);
        reader.quotes(row.t, bid, ask);
        const scale = Math.max(1, ...row.theta.map(Math.abs));
        expect(largestDifference(theta, row.theta) / scale).toBeLessThan(1e-10);
        expect(largestDifference(bid, row.bid)).toBeLessThan(1e-9);
        expect(largestDifference(ask, row.ask)).toBeLessThan(1e-9);
      }
    },
  );
});
