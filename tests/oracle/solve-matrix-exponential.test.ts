import { describe, expect, it } from 'vitest';
import type { ModelParameters } from '../../src/config/experiment.ts';
import { solveHjb } from '../../src/solve/hjb-grid.ts';
import { createQuoteReader } from '../../src/solve/quotes.ts';
import { thetaAtFixedDistance, thetaByMatrixExponential } from './fixtures/matrix-exponential.ts';
import { unbounded } from './fixtures/solve-models.ts';

const cases: [string, Partial<ModelParameters>][] = [
  ['Avellaneda & Stoikov', {}],
  ['risk-neutral with penalties', { gamma: 0, running: 0.01, phi: 0.3 }],
  ['drift', { mu: 1.3, gamma: 0.05 }],
  ['drift down and terminal cost', { mu: -2, phi: 0.5, Q_max: 6 }],
  ['strong risk aversion', { gamma: 1, running: 0.2 }],
  ['steep intensity', { k: 20, A: 500, phi: 0.05 }],
  ['no risk', { sigma: 0, phi: 0.01 }],
  ['sharp terminal cost', { phi: 100, Q_max: 6 }],
  ['terminal cost whose exponent overflows', { phi: 1e4, Q_max: 8 }],
  ['long horizon', { T: 100, dt: 1, Q_max: 20, A: 2, gamma: 0.01 }],
];

describe('unbounded quotes against the matrix exponential', () => {
  it.each(cases)('%s', (_name, changes) => {
    const model = { ...unbounded, ...changes };
    compare(model, model, 1);
  });

  it.each([2, 0.1])('order size %d is unit orders with γ, φ and ζ times the size', (z) => {
    const unit = { ...unbounded, gamma: 0.2, phi: 0.1, running: 0.05, mu: 0.7 };
    const { gamma, phi, running } = unit;
    compare({ ...unit, Q_max: 10.5 * z, order_size: z, gamma: gamma / z, phi: phi / z, running: running / z }, unit, z);
  });
});

describe('one admissible distance against the matrix exponential', () => {
  it.each([
    ['moderate terminal cost', { phi: 0.5, mu: 0.4 }],
    ['terminal cost whose exponent overflows', { phi: 1000, gamma: 2, Q_max: 5 }],
  ])('%s', (_name, changes) => {
    const model = { ...unbounded, ...changes, delta_min: 0.3, delta_max: 0.3 };
    compare(model, model, 1, (unit, tau) => thetaAtFixedDistance(unit, 0.3, tau));
  });
});

/** θ and its differences at a node, between nodes and close to T; the exponential is good to about 1e-13 of its largest entry. */
function compare(
  model: ModelParameters,
  unit: ModelParameters,
  size: number,
  exactTheta = thetaByMatrixExponential,
): void {
  const grid = solveHjb(model);
  const reader = createQuoteReader(grid);
  const theta = new Float64Array(grid.inventories.length);
  for (const t of [0, 0.4567 * model.T, 0.9975 * model.T]) {
    reader.theta(t, theta);
    const exact = exactTheta(unit, model.T - t);
    const scale = Math.max(1, ...exact.map(Math.abs));
    expect(exact.length).toBe(theta.length);
    for (let j = 0; j < theta.length; j++) {
      expect(Math.abs(theta[j]! / size - exact[j]!) / scale).toBeLessThan(1e-10);
      if (j === 0) continue;
      const difference = (theta[j]! - theta[j - 1]!) / size;
      expect(Math.abs(difference - (exact[j]! - exact[j - 1]!))).toBeLessThan(1e-9 * (1 + Math.abs(difference)));
    }
  }
}
