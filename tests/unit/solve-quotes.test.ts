import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveHjb } from '../../src/solve/hjb-grid.ts';
import { createQuoteReader, quotesFromTheta } from '../../src/solve/quotes.ts';
import { SolveError } from '../../src/solve/solve-error.ts';
import { createSpreadReader } from '../../src/solve/spread-reader.ts';
import { unbounded } from '../oracle/fixtures/solve-models.ts';

const bounded = { ...unbounded, phi: 0.1, mu: 0.3, delta_min: 0.2, delta_max: 1.1, dt: 0.125 };

describe('quote reader', () => {
  const grid = solveHjb(bounded);
  const read = (reader: ReturnType<typeof createQuoteReader>, t: number): Float64Array => {
    const out = new Float64Array(21);
    reader.theta(t, out);
    return out;
  };

  it('gives the rows at the nodes, and the terminal one after T', () => {
    const reader = createQuoteReader(grid);
    grid.times.forEach((t, i) => {
      expect(read(reader, t)).toEqual(grid.theta.slice(21 * i, 21 * i + 21));
    });
    expect(read(reader, 1.5)).toEqual(grid.theta.slice(-21));
    expect(read(reader, Infinity)).toEqual(grid.theta.slice(-21));
  });

  it('does not depend on what was read before', () => {
    const times = [0.999, 0.3, 0.31, 0.299, 0.9990001, 0.13, 0.124, 0.3, 0.126];
    const reader = createQuoteReader(grid);
    const mixed = times.map((t) => read(reader, t));
    expect(mixed).toEqual(times.map((t) => read(createQuoteReader(grid), t)));
  });

  it('meets a grid whose nodes are those times', () => {
    const fine = solveHjb({ ...bounded, dt: 0.01 });
    const reader = createQuoteReader(grid);
    for (let i = 0; i < 100; i++) {
      const theta = read(reader, fine.times[i]!);
      for (let j = 0; j < 21; j++) expect(Math.abs(theta[j]! - fine.theta[21 * i + j]!)).toBeLessThan(1e-9);
    }
  });

  it('is continuous at the nodes', () => {
    const reader = createQuoteReader(grid);
    for (const t of [0.125, 0.875, 1]) {
      const before = read(reader, t - 1e-12);
      read(reader, t).forEach((x, j) => {
        expect(Math.abs(x - before[j]!)).toBeLessThan(1e-9);
      });
    }
  });

  it('quotes are those of θ, with none on the closed side', () => {
    const reader = createQuoteReader(grid);
    const [bid, ask, expectedBid, expectedAsk] = Array.from({ length: 4 }, () => new Float64Array(21));
    reader.quotes(0.77, bid!, ask!);
    quotesFromTheta(grid.model, read(reader, 0.77), expectedBid!, expectedAsk!);
    expect([bid, ask]).toEqual([expectedBid, expectedAsk]);
    expect([bid![20], ask![0]]).toEqual([Infinity, Infinity]);
    expect(Math.max(...bid!.slice(0, 20), ...ask!.slice(1))).toBe(1.1);
    expect(Math.min(...bid!, ...ask!)).toBe(0.2);
  });

  it.each([-1e-9, Number.NaN])('refuses t = %d', (t) => {
    expect(() => read(createQuoteReader(grid), t)).toThrow(SolveError);
  });
});

describe('properties', () => {
  const models = fc.record({
    sigma: fc.double({ min: 0, max: 3, noNaN: true }),
    A: fc.double({ min: 0.1, max: 200, noNaN: true }),
    k: fc.double({ min: 0.2, max: 5, noNaN: true }),
    gamma: fc.double({ min: 0, max: 1, noNaN: true }),
    phi: fc.double({ min: 0, max: 1, noNaN: true }),
    running: fc.double({ min: 0, max: 1, noNaN: true }),
    order_size: fc.constantFrom(0.1, 1, 2),
    delta_min: fc.option(fc.double({ min: -1, max: 0.5, noNaN: true })),
    delta_max: fc.option(fc.double({ min: 0.5, max: 5, noNaN: true })),
  });

  it('without drift bids and asks mirror each other, within the bounds; unbounded bids fall back as inventory rises', () => {
    fc.assert(
      fc.property(models, fc.double({ min: 0, max: 1, noNaN: true }), (changes, t) => {
        const model = { ...unbounded, ...changes, Q_max: 4 * changes.order_size, dt: 0.2 };
        const bid = new Float64Array(9);
        const ask = new Float64Array(9);
        createQuoteReader(solveHjb(model)).quotes(t, bid, ask);
        const scale = 1 / model.k + 2 * model.phi * model.Q_max;
        for (let j = 0; j < 8; j++) {
          expect(Math.abs(bid[j]! - ask[8 - j]!)).toBeLessThan(1e-9 * scale);
          expect(bid[j]!).toBeGreaterThanOrEqual(model.delta_min ?? -Infinity);
          expect(bid[j]!).toBeLessThanOrEqual(model.delta_max ?? Infinity);
          if (j > 0 && model.delta_min === null && model.delta_max === null)
            expect(bid[j]! - bid[j - 1]!).toBeGreaterThan(-1e-9 * scale);
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('γ → 0 is continuous, bounded or not', () => {
    for (const bounds of [{}, { delta_min: 0.1, delta_max: 0.9 }]) {
      const model = { ...unbounded, ...bounds, running: 0.3, phi: 0.2, sigma: 0, dt: 0.5 };
      const neutral = solveHjb({ ...model, gamma: 0 }).theta;
      for (const gamma of [1e-6, 1e-9, 1e-12, 1e-15, 1e-300]) {
        const theta = solveHjb({ ...model, gamma }).theta;
        // ∂θ/∂γ is minus half the variance of PnL, below 1e3 here.
        theta.forEach((x, i) => {
          expect(Math.abs(x - neutral[i]!)).toBeLessThan(1e3 * gamma + 1e-10);
        });
      }
    }
  });
});

describe('spread reader', () => {
  it.each([
    ['bounds that bind in part', bounded],
    ['a steep terminal cost', { ...unbounded, phi: 50, dt: 0.3 }],
    ['lots, drift and costs', { ...unbounded, order_size: 2, mu: 3, maker_fee: 0.1, impact: 0.05, gamma: 0 }],
  ])('gives the quotes of the integration at any time, with %s', (_, model) => {
    const grid = solveHjb(model);
    const m = grid.inventories.length;
    const reader = createQuoteReader(grid);
    const spreadsAt = createSpreadReader(grid);
    const [bid, ask] = [new Float64Array(m), new Float64Array(m)];
    // Dense next to T, where quotes move fastest.
    const times = [0, 1, 2, ...Array.from({ length: 40 }, (_, i) => 1 - 0.7 ** i), 1 - 1e-12];
    for (const t of times) {
      reader.quotes(Math.min(t, 1), bid, ask);
      grid.inventories.forEach((q, j) => {
        const [b, a] = spreadsAt(t, q)!;
        expect(b === bid[j] || Math.abs(b - bid[j]!) < 3e-9, `bid at ${t}, ${q}: ${b}, ${bid[j]}`).toBe(true);
        expect(a === ask[j] || Math.abs(a - ask[j]!) < 3e-9, `ask at ${t}, ${q}: ${a}, ${ask[j]}`).toBe(true);
      });
    }
    expect(spreadsAt(0.5, grid.inventories[m - 1]! + model.order_size)).toBeUndefined();
    expect(() => spreadsAt(-1, 0)).toThrow(SolveError);
    expect(() => spreadsAt(Number.NaN, 0)).toThrow(SolveError);
  });

  it('does not depend on what was read before', () => {
    const grid = solveHjb(bounded);
    const times = [0.999, 0.3, 0.31, 0.299, 0.9990001, 0.13, 0.124, 0.3];
    const reader = createSpreadReader(grid);
    expect(times.map((t) => reader(t, 3))).toEqual(times.map((t) => createSpreadReader(grid)(t, 3)));
  });
});
