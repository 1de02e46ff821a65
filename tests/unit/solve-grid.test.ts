import { describe, expect, it } from 'vitest';
import { attachHjbGrid, solveHjb } from '../../src/solve/hjb-grid.ts';
import { boundShares } from '../../src/solve/quote-bounds.ts';
import { createQuoteReader, quotesFromTheta } from '../../src/solve/quotes.ts';
import { SolveError } from '../../src/solve/solve-error.ts';
import { unbounded } from '../oracle/fixtures/solve-models.ts';

const guideDefaults = {
  ...unbounded,
  sigma: 0.2,
  A: 1,
  k: 0.5,
  phi: 0.01,
  delta_min: 0.001,
  delta_max: 0.1,
};

describe('nodes and lattice', () => {
  it.each([
    [1, 0.01, 100],
    [1.1, 0.1, 11],
    [0.3, 0.1, 3],
    [1, 0.3, 4],
    [1, 7, 1],
  ])('T = %d with dt = %d has %d intervals', (T, dt, intervals) => {
    const { times } = solveHjb({ ...unbounded, A: 1, Q_max: 1, T, dt });
    expect(times.length).toBe(intervals + 1);
    expect(times[0]).toBe(0);
    expect(times[intervals]).toBe(T);
    for (let i = 1; i <= intervals; i++) expect(times[i]! - times[i - 1]!).toBeCloseTo(T / intervals, 13);
  });

  it.each([
    [0.3, 0.1, 3],
    [7, 2, 3],
    [10, 1, 10],
    [0.5, 1, 0],
  ])('Q_max = %d in lots of %d: %d either side', (Q_max, order_size, lots) => {
    const grid = solveHjb({ ...unbounded, Q_max, order_size, phi: 1, dt: 0.5 });
    expect([...grid.inventories]).toEqual(Array.from({ length: 2 * lots + 1 }, (_, i) => (i - lots) * order_size));
    expect(grid.theta.length).toBe(3 * (2 * lots + 1));
    grid.inventories.forEach((q, i) => {
      expect(grid.theta[2 * (2 * lots + 1) + i]).toBeCloseTo(-q * q, 14);
    });
  });

  it('N = 0 quotes nothing and has no bound shares', () => {
    const grid = solveHjb({ ...guideDefaults, Q_max: 0.5 });
    const bid = new Float64Array(1);
    const ask = new Float64Array(1);
    createQuoteReader(grid).quotes(0.123, bid, ask);
    expect([bid[0], ask[0], boundShares(grid).binding]).toEqual([Infinity, Infinity, 0]);
  });
});

describe('shared buffer', () => {
  it('attaches to what was solved, without a copy', () => {
    const grid = solveHjb(guideDefaults);
    const attached = attachHjbGrid(grid.buffer);
    expect(attached.model).toEqual(guideDefaults);
    expect(attached.theta).toEqual(grid.theta);
    expect(attached.times).toEqual(grid.times);
    expect(attached.inventories).toEqual(grid.inventories);
    expect(attached.theta.buffer).toBe(grid.buffer);
    expect(attachHjbGrid(solveHjb(unbounded).buffer).model.delta_max).toBeNull();
  });

  it('refuses what is not a grid of this version', () => {
    const copy = () => {
      const { buffer } = solveHjb({ ...guideDefaults, dt: 0.5 });
      const other = new SharedArrayBuffer(buffer.byteLength);
      new Uint8Array(other).set(new Uint8Array(buffer));
      return other;
    };
    expect(() => attachHjbGrid(copy())).not.toThrow();
    const spoil = (index: number) => {
      const buffer = copy();
      new Uint32Array(buffer)[index]! += 1;
      return () => attachHjbGrid(buffer);
    };
    expect(spoil(0)).toThrow(/does not hold a quote grid/);
    expect(spoil(1)).toThrow(/version 3, expected 2/);
    expect(spoil(2)).toThrow(/does not have \d+ bytes/);
    expect(() => attachHjbGrid(new SharedArrayBuffer(8))).toThrow(SolveError);
  });
});

describe('errors', () => {
  it.each([
    ['k', 0],
    ['T', -1],
    ['dt', 0],
    ['order_size', Number.NaN],
    ['gamma', -0.1],
    ['sigma', Infinity],
    ['impact', -0.1],
    ['maker_fee', Number.NaN],
  ])('names %s = %d', (key, value) => {
    expect(() => solveHjb({ ...unbounded, [key]: value })).toThrow(new RegExp(`model\\.${key} = ${value}: `));
  });

  it('has exit code 2 and a cure', () => {
    expect(new SolveError('').exitCode).toBe(2);
    expect(() => solveHjb({ ...unbounded, delta_min: 1, delta_max: 0 })).toThrow(/swap/);
    expect(() => solveHjb({ ...unbounded, dt: 1e-12 })).toThrow(/raise model.dt or lower model.Q_max/);
    expect(() => solveHjb({ ...unbounded, phi: 1e308, delta_min: 0, delta_max: 1 })).toThrow(
      /phi = 1e\+308.*lower gamma/s,
    );
    expect(() => solveHjb({ ...unbounded, phi: 1e3, gamma: 1.5, delta_max: 1 })).toThrow(/set model.delta_min/);
  });
});

describe('edge cases', () => {
  it('A = 0: θ integrates the penalties alone', () => {
    const model = { ...unbounded, A: 0, mu: 0.5, running: 0.1, phi: 1e3, dt: 0.25 };
    const { theta, inventories } = solveHjb(model);
    inventories.forEach((q, i) => {
      const exact = 0.5 * q - (0.5 * 0.1 * 4 + 0.1) * q * q - 1e3 * q * q;
      expect(Math.abs(theta[i]! - exact)).toBeLessThan(1e-9);
    });
  });

  it('without inventory cost inside the bound N = 1: ln 2 more fills are open at 0 than at ±1', () => {
    // sigma = phi = 0: v = e^(kθ) solves v′ = ηBv, B of ones beside the diagonal, whose eigenvalues are 0 and ±√2.
    const { theta } = solveHjb({ ...unbounded, sigma: 0, gamma: 0, Q_max: 1, A: 3, k: 1, dt: 0.5 });
    const x = (Math.SQRT2 * 3) / Math.E;
    expect(theta[1]).toBeCloseTo(Math.log(Math.cosh(x) + Math.SQRT2 * Math.sinh(x)), 12);
    expect(theta[0]).toBeCloseTo(Math.log(Math.cosh(x) + Math.sinh(x) / Math.SQRT2), 12);
  });
});

describe('bound shares', () => {
  it('1 at the usual defaults, where delta_max binds everywhere', () => {
    expect(boundShares(solveHjb(guideDefaults))).toEqual({ binding: 1, atMin: 0, atMax: 1 });
  });

  it('0 without bounds', () => {
    expect(boundShares(solveHjb(unbounded))).toEqual({ binding: 0, atMin: 0, atMax: 0 });
  });

  it.each([{}, { maker_fee: -0.1, impact: 0.2 }])('what the quotes say in between: %o', (costs) => {
    const grid = solveHjb({ ...unbounded, delta_min: 0.3, delta_max: 1, phi: 0.05, ...costs });
    let atMin = 0;
    let atMax = 0;
    const bid = new Float64Array(21);
    const ask = new Float64Array(21);
    for (let i = 0; i < grid.times.length; i++) {
      quotesFromTheta(grid.model, grid.theta.subarray(21 * i, 21 * i + 21), bid, ask);
      for (const distance of [...bid, ...ask]) {
        if (distance === 0.3) atMin++;
        if (distance === 1) atMax++;
      }
    }
    expect(atMin).toBeGreaterThan(100);
    expect(atMax).toBeGreaterThan(100);
    expect(boundShares(grid).atMin).toBeCloseTo(atMin / (101 * 40), 12);
    expect(boundShares(grid).atMax).toBeCloseTo(atMax / (101 * 40), 12);
  });
});
