/** CEV against exact moments and laws: fixed seed, tolerance 4 standard errors, discretisation error as stated. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { equalSteps, expectMean, expectMoments, finalPrices, midpriceMarket, walkNamed } from '../support/midprice.ts';

interface CevCase {
  readonly sigma: number;
  readonly beta: number;
  readonly T: number;
  readonly S0: number;
  readonly law: readonly { readonly x: number; readonly below: number }[];
}

/** Made by SciPy with fixtures/make-midprice.py. */
const { cev }: { readonly cev: readonly CevCase[] } = JSON.parse(
  readFileSync(new URL('./fixtures/midprice.json', import.meta.url), 'utf8'),
);

describe.each(cev)('law at sigma $sigma, beta $beta, S0 $S0', ({ sigma, beta, T, S0, law }) => {
  const market = { ...midpriceMarket, sigma, T, S0, dt: 0.005 };
  const prices = finalPrices(walkNamed('cev', { beta }, market), market, equalSteps(T, 200), 40_000);

  it('has the noncentral chi-square law', () => {
    for (const { x, below } of law) expectMean(prices, (S) => (S <= x ? 1 : 0), below, `P(S_T <= ${x})`);
  });

  it('has the mean', () => {
    expectMean(prices, (S) => S, S0, 'S_T');
    expect(Math.min(...prices)).toBeGreaterThanOrEqual(0);
  });
});

describe('beta = 1/2', () => {
  // S is a martingale, so Var S_T = ∫ σ² E[S_t]/S0 dt = σ² T, absorption included; the scheme keeps it at any step.
  it.each([
    [1, 1, 0.5],
    [1, 1, 0.01],
    [100, 20, 0.1],
  ])('S0 %d, sigma %d, step %d: Var S_T = sigma^2 T', (S0, sigma, step) => {
    const market = { ...midpriceMarket, sigma, S0, dt: step };
    const prices = finalPrices(walkNamed('cev', { beta: 0.5 }, market), market, [1], 100_000);
    expectMoments(prices, S0, sigma ** 2, 'S_T');
  });

  it('has the Laplace transform of Feller (1951)', () => {
    const market = { ...midpriceMarket, sigma: 1, S0: 1, dt: 0.01 };
    const prices = finalPrices(walkNamed('cev', { beta: 0.5 }, market), market, [1], 100_000);
    for (const u of [0.5, 2, 10]) {
      expectMean(prices, (S) => Math.exp(-u * S), Math.exp(-u / (1 + u / 2)), `E exp(-${u} S_T)`);
    }
  });
});

it('with a drift, has the mean S0 + mu T away from 0', () => {
  const market = { ...midpriceMarket, sigma: 20, mu: 8, T: 2, dt: 0.02 };
  const prices = finalPrices(walkNamed('cev', { beta: 0.7 }, market), market, [2], 50_000);
  expectMean(prices, (S) => S, 116, 'S_T');
});

it('is Brownian motion, path by path, at beta = 0', () => {
  const market = { ...midpriceMarket, mu: 3 };
  const steps = equalSteps(1, 100);
  const brownian = finalPrices(walkNamed('brownian', {}, market), market, steps, 100);
  const prices = finalPrices(walkNamed('cev', { beta: 0 }, market), market, steps, 100);
  prices.forEach((price, path) => {
    expect(price).toBeCloseTo(brownian[path]!, 11);
  });
});

it('is absorbed at 0, with the probability of the reflection principle at beta = 0', () => {
  const market = { ...midpriceMarket, sigma: 1, S0: 1, dt: 1e-3 };
  const prices = finalPrices(walkNamed('cev', { beta: 0 }, market), market, [1], 20_000);
  // 2 Phi(-1).
  expectMean(prices, (S) => (S === 0 ? 1 : 0), 0.31731050786291415, 'P(S_T = 0)');
  const { process, start } = walkNamed('cev', {}, market);
  start(0);
  expect([process.advance(0, 1), process.advance(-0.5, 1)]).toEqual([0, -0.5]);
});

it('is geometric Brownian motion at beta = 1, path by path to the order of the scheme', () => {
  const errorAt = (count: number): number => {
    const market = { ...midpriceMarket, sigma: 30, dt: 1 / count };
    const exact = finalPrices(walkNamed('geometric', {}, market), market, equalSteps(1, count), 2000);
    const prices = finalPrices(walkNamed('cev', { beta: 1 }, market), market, equalSteps(1, count), 2000);
    return Math.sqrt(prices.reduce((sum, S, path) => sum + (S - exact[path]!) ** 2, 0) / 2000);
  };
  // Milstein's strong order 1: a tenth of the step, a tenth of the error.
  const [coarse, fine] = [errorAt(20), errorAt(200)];
  expect(fine).toBeLessThan(0.02);
  expect(coarse / fine).toBeGreaterThan(8);
  expect(coarse / fine).toBeLessThan(12);
});

it('takes as many normals whatever the price, so that strategies with impact meet the same market', () => {
  const { process, start } = walkNamed('cev', { max_step: 0.1 }, midpriceMarket);
  start(7);
  process.advance(100, 1);
  const after = process.advance(100, 0.1);
  start(7);
  process.advance(-1, 1);
  expect(process.advance(100, 0.1)).toBe(after);
});
