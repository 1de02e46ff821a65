/** Midprices with exact transitions against their laws: 200,000 paths, fixed seed, tolerance 4 standard errors. */
import { errorFunction } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import {
  equalSteps,
  expectMean,
  expectMoments,
  finalPrices,
  kolmogorov,
  midpriceMarket,
  walkNamed,
} from '../support/midprice.ts';

const PATHS = 200_000;
/** √n times the error of the error function (1.2e-7) is far below what Kolmogorov's statistic resolves. */
const normalLaw = (z: number) => 0.5 * (1 + errorFunction(z / Math.SQRT2));
/** The same time cut up in unlike ways. */
const patterns: [string, number, number[]][] = [
  ['one step', PATHS, [2]],
  ['100 steps', 20_000, equalSteps(2, 100)],
  ['uneven steps', 50_000, [1e-9, 0.3, 0.001, 0.9, 0.799 - 1e-9]],
];

describe.each(patterns)('geometric, %s', (_name, paths, steps) => {
  const market = { ...midpriceMarket, sigma: 30, mu: 5, T: 2 };
  const prices = finalPrices(walkNamed('geometric', {}, market), market, steps, paths);

  it('has the log-normal moments', () => {
    const mean = 100 * Math.exp(0.05 * 2);
    expectMoments(prices, mean, mean ** 2 * Math.expm1(0.3 ** 2 * 2), 'S_T');
    expectMoments(prices.map(Math.log), Math.log(100) + (0.05 - 0.5 * 0.3 ** 2) * 2, 0.3 ** 2 * 2, 'ln S_T');
  });

  it('has the log-normal law', () => {
    const standard = prices.map((S) => (Math.log(S / 100) - (0.05 - 0.5 * 0.3 ** 2) * 2) / (0.3 * Math.SQRT2));
    expect(kolmogorov(standard, normalLaw)).toBeLessThan(1.95);
  });
});

describe.each(patterns)('ornstein_uhlenbeck, %s', (_name, paths, steps) => {
  const market = { ...midpriceMarket, sigma: 3, mu: 1.5, T: 2 };
  const [kappa, theta] = [0.7, 103];
  const prices = finalPrices(walkNamed('ornstein_uhlenbeck', { kappa, theta }, market), market, steps, paths);
  const mean = 100 * Math.exp(-kappa * 2) + (theta + 1.5 / kappa) * -Math.expm1(-kappa * 2);
  const variance = (9 / (2 * kappa)) * -Math.expm1(-2 * kappa * 2);

  it('has the moments of the normal transition', () => expectMoments(prices, mean, variance, 'S_T'));

  it('has the normal law', () => {
    const standard = prices.map((S) => (S - mean) / Math.sqrt(variance));
    expect(kolmogorov(standard, normalLaw)).toBeLessThan(1.95);
  });
});

it('ornstein_uhlenbeck reverts to S0 unless told otherwise', () => {
  const market = { ...midpriceMarket, sigma: 0 };
  const { process, start } = walkNamed('ornstein_uhlenbeck', { kappa: 2 }, market);
  start(0);
  expect(process.advance(100, 0.5)).toBe(100);
  expect(process.advance(110, 0.5)).toBeCloseTo(100 + 10 * Math.exp(-1), 12);
});

describe.each(patterns)('merton, %s', (_name, paths, steps) => {
  const market = { ...midpriceMarket, sigma: 0.5, mu: 0.4, T: 2 };
  const [lambda, m, s] = [1.5, -0.8, 1.2];
  const params = { jump_intensity: lambda, jump_mean: m, jump_std: s };
  const prices = finalPrices(walkNamed('merton', params, market), market, steps, paths);
  // Cumulants of a compound Poisson sum are λT E[J^n] (Cont & Tankov 2004, proposition 3.13).
  const mean = 100 + (0.4 + lambda * m) * 2;
  const variance = (0.25 + lambda * (m ** 2 + s ** 2)) * 2;
  const third = lambda * 2 * (m ** 3 + 3 * m * s ** 2);
  const fourth = lambda * 2 * (m ** 4 + 6 * m ** 2 * s ** 2 + 3 * s ** 4);

  it('has the cumulants of diffusion and jumps', () => {
    expectMoments(prices, mean, variance, 'S_T');
    expectMean(prices, (S) => (S - mean) ** 3, third, 'third central moment');
    expectMean(prices, (S) => (S - mean) ** 4, fourth + 3 * variance ** 2, 'fourth central moment');
  });

  it('has the law of a Poisson mixture of normals', () => {
    const law = (S: number) => {
      let weight = Math.exp(-lambda * 2);
      let sum = 0;
      for (let n = 0; n < 40; n++) {
        sum += weight * normalLaw((S - 100.8 - n * m) / Math.sqrt(0.5 + n * s ** 2));
        weight *= (lambda * 2) / (n + 1);
      }
      return sum;
    };
    expect(kolmogorov(prices.slice(0, 50_000), law)).toBeLessThan(1.95);
  });
});

it('merton without jumps is Brownian motion, and its jumps do not hang on the steps', () => {
  const market = { ...midpriceMarket, sigma: 0, T: 10 };
  const [coarse, fine] = [1, 1000].map((count) =>
    finalPrices(walkNamed('merton', { jump_intensity: 3, jump_std: 2 }, market), market, equalSteps(10, count), 50),
  );
  coarse?.forEach((price, path) => {
    expect(fine?.[path]).toBeCloseTo(price, 10);
  });
  const brownian = finalPrices(walkNamed('brownian', {}, midpriceMarket), midpriceMarket, [0.3, 0.7], 50);
  const still = finalPrices(walkNamed('merton', { jump_intensity: 0 }, midpriceMarket), midpriceMarket, [0.3, 0.7], 50);
  expect(still).toEqual(brownian);
});
