import { describe, expect, it } from 'vitest';
import { glftAsymptoticQuotes } from '../../src/solve/closed-forms.ts';
import { type SolveEffort, solveHjb } from '../../src/solve/hjb-grid.ts';
import { createQuoteReader, quotesFromTheta } from '../../src/solve/quotes.ts';
import { unbounded } from './fixtures/solve-models.ts';

const heavy = { ...unbounded, A: 1e4, T: 600, Q_max: 100 };

describe('stiff equations', () => {
  it('A = 1e4, T = 600, Q_max = 100, 60,001 nodes: quotes settle on the asymptotic ones', { timeout: 180_000 }, () => {
    let effort: SolveEffort = { accepted: 0, rejected: 0 };
    const grid = solveHjb(heavy, (report) => {
      effort = report;
    });
    expect(grid.times.length).toBe(60_001);
    expect(effort.accepted).toBeGreaterThanOrEqual(60_000);
    expect(effort.accepted).toBeLessThan(62_000);
    const bid = new Float64Array(201);
    const ask = new Float64Array(201);
    quotesFromTheta(heavy, grid.theta.subarray(0, 201), bid, ask);
    for (const n of [-20, 0, 3, 20]) {
      expect(Math.abs(bid[100 + n]! - glftAsymptoticQuotes(heavy, n).bid)).toBeLessThan(1e-3);
      // θ is about 2.8e6 there, and bids and asks mirror each other to 1e-9 all the same.
      expect(Math.abs(bid[100 + n]! - ask[100 - n]!)).toBeLessThan(1e-9);
    }
    const coarse = solveHjb({ ...heavy, dt: 50 });
    expect(Math.abs(coarse.theta[100]! / grid.theta[100]! - 1)).toBeLessThan(1e-12);
  });

  it('a grid two hundred times coarser has the same quotes, bounded or not, with a terminal cost', {
    timeout: 180_000,
  }, () => {
    for (const bounds of [{}, { delta_min: 0.1, delta_max: 1 }]) {
      const model = { ...heavy, T: 10, phi: 0.1, Q_max: 60, ...bounds };
      const fine = createQuoteReader(solveHjb(model));
      const coarse = createQuoteReader(solveHjb({ ...model, dt: 2 }));
      const [a, b, c, d] = Array.from({ length: 4 }, () => new Float64Array(121));
      for (const t of [0, 5.005, 9.9, 9.99999]) {
        fine.quotes(t, a!, b!);
        coarse.quotes(t, c!, d!);
        for (let j = 0; j < 121; j++) {
          if (j < 120) expect(Math.abs(a![j]! - c![j]!)).toBeLessThan(1e-9);
          if (j > 0) expect(Math.abs(b![j]! - d![j]!)).toBeLessThan(1e-9);
        }
      }
    }
  });

  it('a terminal cost beyond what e^x can hold is forgotten at once', () => {
    const large = solveHjb({ ...unbounded, phi: 1e3, dt: 0.5 });
    const larger = solveHjb({ ...unbounded, phi: 1e6, dt: 0.5 });
    for (let j = 0; j < 21; j++) expect(Math.abs(large.theta[j]! - larger.theta[j]!)).toBeLessThan(1e-10);
    expect(larger.theta[2 * 21]).toBe(-1e8);
  });
});
