import { describe, expect, it } from 'vitest';
import { solveHjb } from '../../src/solve/hjb-grid.ts';
import { createQuoteReader } from '../../src/solve/quotes.ts';
import { createSpreadReader } from '../../src/solve/spread-reader.ts';
import { largestDifference, readVectors } from './fixtures/solve-models.ts';

const vectors = readVectors();

it('finds the six cases', () => {
  expect(vectors).toHaveLength(6);
});

describe.each(vectors)('exact answers of $case', ({ model, quotes, theta_t0 }) => {
  it.each([0.01, 0.3])('θ(0, ·) and the quotes with dt = %d', (dt) => {
    const grid = solveHjb({ ...model, dt });
    const m = grid.inventories.length;
    expect(m).toBe(theta_t0.length);
    // The figures have nine decimals, so small ones are good to 5e-10 absolutely.
    for (let j = 0; j < m; j++) {
      expect(Math.abs(grid.theta[j]! - theta_t0[j]!)).toBeLessThan(5.1e-10 + 1e-9 * Math.abs(theta_t0[j]!));
    }
    const reader = createQuoteReader(grid);
    const bid = new Float64Array(m);
    const ask = new Float64Array(m);
    const spreadsAt = createSpreadReader(grid);
    expect(quotes.length).toBeGreaterThan(2);
    for (const row of quotes) {
      reader.quotes(row.t, bid, ask);
      expect(largestDifference(bid, row.bid)).toBeLessThan(2e-9);
      expect(largestDifference(ask, row.ask)).toBeLessThan(2e-9);
      const pairs = Array.from(grid.inventories, (q) => spreadsAt(row.t, q)!);
      for (const [side, expected] of [row.bid, row.ask].entries()) {
        const found = pairs.map((pair) => pair[side]!);
        expect(largestDifference(found, expected)).toBeLessThan(2e-9 + 1e-9 / model.k);
      }
    }
  });
});
