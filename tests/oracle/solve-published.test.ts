import { describe, expect, it } from 'vitest';
import { glftAsymptoticQuotes } from '../../src/solve/closed-forms.ts';
import { solveHjb } from '../../src/solve/hjb-grid.ts';
import { quotesFromTheta } from '../../src/solve/quotes.ts';
import { unbounded } from './fixtures/solve-models.ts';

describe('Cartea, Jaimungal & Penalva (2015): risk-neutral, running penalty 0.01, terminal cost 0.001', () => {
  const risk = { gamma: 0, running: 0.01, phi: 0.001, Q_max: 100 };
  it.each([
    { A: 140, k: 1.5, sigma: 2, T: 1, value: 68.25583476 },
    { A: 100, k: 1, sigma: 1, T: 1, value: 73.22586344 },
    { A: 50, k: 2, sigma: 1.5, T: 1, value: 18.21929052 },
    { A: 50, k: 2, sigma: 1.5, T: 2, value: 36.32607427 },
  ])('θ(0, 0) = $value at A = $A, k = $k, T = $T', ({ value, ...market }) => {
    const { theta } = solveHjb({ ...unbounded, ...risk, ...market, dt: 0.1 });
    expect(Math.abs(theta[100]! - value)).toBeLessThan(1e-8);
  });
});

describe('Guéant, Lehalle & Fernandez-Tapia (2013), figures 1 to 3', () => {
  const model = { ...unbounded, sigma: 0.3, A: 0.9, k: 0.3, gamma: 0.01, T: 600, Q_max: 30, dt: 6 };
  const theta = solveHjb(model).theta.slice(0, 61);
  const bid = new Float64Array(61);
  const ask = new Float64Array(61);
  quotesFromTheta(model, theta, bid, ask);

  it.each([
    [0, 3.313045],
    [1, 3.381168],
    [-1, 3.244919],
    [10, 3.992933],
  ])('δb(%d) = %d at t = 0', (q, distance) => {
    expect(Math.abs(bid[30 + q]! - distance)).toBeLessThan(6e-7);
    expect(Math.abs(ask[30 - q]! - distance)).toBeLessThan(6e-7);
  });

  it('θ(0, 0) = 1290.62510', () => {
    expect(Math.abs(theta[30]! - 1290.6251)).toBeLessThan(6e-6);
  });

  it('the asymptotic quotes come within 1 % of these', () => {
    for (const q of [0, 1, -1, 10]) {
      const { bid: b, ask: a } = glftAsymptoticQuotes(model, q);
      expect(Math.abs(b / bid[30 + q]! - 1)).toBeLessThan(0.01);
      expect(Math.abs(a / ask[30 + q]! - 1)).toBeLessThan(0.01);
    }
  });
});
