import { describe, expect, it } from 'vitest';
import { attachJointHjbGrid, type JointHjbGrid, solveJointHjb } from '../../src/solve/joint/joint-hjb.ts';
import { createJointQuoteReader } from '../../src/solve/joint/joint-quotes.ts';
import { SolveError } from '../../src/solve/solve-error.ts';
import { unbounded } from './fixtures/solve-models.ts';

const first = { ...unbounded, Q_max: 4, dt: 0.25, phi: 0.2, delta_min: 0.2, delta_max: 0.9 };
const second = { ...unbounded, A: 80, k: 2, order_size: 0.5, Q_max: 1, dt: 0.1, phi: 0.1 };

function quotesAt(grid: JointHjbGrid, times: readonly number[]): number[][] {
  const reader = createJointQuoteReader(grid);
  const vector = () => new Float64Array(grid.inventories[0].length * grid.inventories[1].length);
  return times.map((t) => {
    const quotes = { bid1: vector(), ask1: vector(), bid2: vector(), ask2: vector() };
    reader.quotes(t, quotes);
    return [...quotes.bid1, ...quotes.ask1, ...quotes.bid2, ...quotes.ask2];
  });
}

describe('joint grid', () => {
  it('has the smaller time step and either lattice, and quotes nothing at their ends', () => {
    const grid = solveJointHjb([first, second], 0.4);
    expect(grid.times.length).toBe(11);
    expect([...grid.inventories[0]]).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4]);
    expect([...grid.inventories[1]]).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(grid.theta.length).toBe(11 * 45);
    grid.inventories[0].forEach((q1, i) => {
      grid.inventories[1].forEach((q2, j) => {
        expect(grid.theta[450 + 5 * i + j]).toBeCloseTo(-0.2 * q1 * q1 - 0.1 * q2 * q2, 14);
      });
    });
    const [row] = quotesAt(grid, [0.33]);
    const unquoted = (side: number) => Array.from({ length: 45 }, (_, s) => row?.[45 * side + s] === Infinity);
    expect(unquoted(0)).toEqual(Array.from({ length: 45 }, (_, s) => s >= 40));
    expect(unquoted(1)).toEqual(Array.from({ length: 45 }, (_, s) => s < 5));
    expect(unquoted(2)).toEqual(Array.from({ length: 45 }, (_, s) => s % 5 === 4));
    expect(unquoted(3)).toEqual(Array.from({ length: 45 }, (_, s) => s % 5 === 0));
  });

  it('swapping the assets transposes θ', () => {
    const a = solveJointHjb([first, second], -0.7).theta;
    const b = solveJointHjb([second, first], -0.7).theta;
    for (let i = 0; i < 9; i++) {
      for (let j = 0; j < 5; j++) expect(Math.abs(a[5 * i + j]! - b[9 * j + i]!)).toBeLessThan(1e-8);
    }
  });

  it('what is read does not depend on what was read before, nor on the thread that solved', () => {
    const grid = solveJointHjb([first, second], 0.4);
    const times = [0, 0.05, 0.1, 0.51, 0.58, 0.95, 0.999, 0.9999999, 1, 3];
    const forward = quotesAt(grid, times);
    expect(quotesAt(grid, times.toReversed()).toReversed()).toEqual(forward);
    expect(quotesAt(attachJointHjbGrid(grid.buffer), times)).toEqual(forward);
    expect(() => quotesAt(grid, [-1e-9])).toThrow(SolveError);
    expect(() => quotesAt(grid, [Number.NaN])).toThrow(SolveError);
  });
});

describe('joint grid in shared memory', () => {
  const copy = () => {
    const { buffer } = solveJointHjb([first, second], 0.4);
    const other = new SharedArrayBuffer(buffer.byteLength);
    new Uint8Array(other).set(new Uint8Array(buffer));
    return other;
  };

  it('attaches to what was solved, without a copy', () => {
    const grid = solveJointHjb([first, second], 0.4);
    const attached = attachJointHjbGrid(grid.buffer);
    expect(attached).toEqual(grid);
    expect(attached.theta.buffer).toBe(grid.buffer);
    expect(attached.models).toEqual([first, second]);
    expect(attached.correlation).toBe(0.4);
  });

  it.each([
    ['magic', 0, 'does not hold a joint quote grid'],
    ['version', 1, 'has version 2'],
    ['nodes', 2, 'bytes'],
    ['first asset', 3, 'bytes'],
    ['second asset', 4, 'bytes'],
    ['models', 6, 'overwritten'],
  ])('refuses another %s', (_name, word, message) => {
    const buffer = copy();
    new Uint32Array(buffer, 0, 7)[word]! += 1;
    expect(() => attachJointHjbGrid(buffer)).toThrow(SolveError);
    expect(() => attachJointHjbGrid(buffer)).toThrow(message);
  });

  it('refuses a buffer cut short', () => {
    expect(() => attachJointHjbGrid(copy().slice(0, -8))).toThrow('bytes');
    expect(() => attachJointHjbGrid(new SharedArrayBuffer(8))).toThrow('too short');
  });
});

describe('joint problems that are refused', () => {
  it.each([1.0001, -2, Number.NaN, Number.POSITIVE_INFINITY])('correlation %d', (correlation) => {
    expect(() => solveJointHjb([first, second], correlation)).toThrow(SolveError);
    expect(() => solveJointHjb([first, second], correlation)).toThrow('between -1 and 1');
  });

  it.each([
    ['another gamma', { gamma: 0.2 }, 'model.gamma is 0.1 for asset 1 and 0.2 for asset 2'],
    ['another horizon', { T: 2 }, 'model.T is 1 for asset 1 and 2 for asset 2'],
    ['no inventory bound', { Q_max: null }, 'asset 2: model.Q_max = null'],
    ['a negative cost', { phi: -1 }, 'asset 2: model.phi = -1'],
    ['a grid beyond memory', { Q_max: 1e4, dt: 1e-6 }, 'raise model.dt'],
    ['a grid whose size is no number', { Q_max: 1e308, order_size: 1e-300 }, 'lower Q_max'],
    ['θ beyond what a double holds', { running: 1e307 }, 'no finite numerical solution'],
  ])('%s', (_name, changes, message) => {
    const solve = () => solveJointHjb([first, { ...second, ...changes }], 0.4);
    expect(solve).toThrow(SolveError);
    expect(solve).toThrow(message);
  });
});
