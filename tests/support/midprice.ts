/** Walks midprice processes without a maker, for their tests. */
import { expect } from 'vitest';
import type { SimulatorParameters } from '../../src/config/experiment.ts';
import type { MidpriceContext, MidpriceProcess } from '../../src/simulate/midprice/increments.ts';
import { midpriceOf } from '../../src/simulate/midprice/index.ts';
import { NormalStream } from '../../src/simulate/random/path-stream.ts';
import { Role } from '../../src/simulate/random/roles.ts';
import { keyFromSeed } from '../../src/simulate/random/seed-key.ts';
import { market } from './simulate.ts';

export const midpriceMarket: SimulatorParameters = { ...market, A: 1, k: 1, dt: 0.01 };

/** A process with the normals that drive it, both to be started for each path. */
export interface Walk<P extends MidpriceProcess> {
  readonly process: P;
  start(path: number, reversed?: boolean): void;
}

export function walkOf<P extends MidpriceProcess>(
  create: (context: MidpriceContext) => P,
  market: SimulatorParameters,
  seed = 'midprice',
): Walk<P> {
  const key = keyFromSeed(seed);
  const normals = new NormalStream(key, Role.price, Role.priceRejected);
  const process = create({ market, normals, key });
  return {
    process,
    start(path, reversed = false) {
      normals.start(path, reversed);
      process.start(path, reversed);
    },
  };
}

export function walkNamed(type: string, params: object, market: SimulatorParameters, seed?: string) {
  return walkOf((context) => midpriceOf(type).createProcess(params, context), market, seed);
}

/** Prices at the end of a pattern of steps, one a path, from market.S0. */
export function finalPrices<P extends MidpriceProcess>(
  walk: Walk<P>,
  { S0 }: SimulatorParameters,
  steps: readonly number[],
  paths: number,
): Float64Array {
  return Float64Array.from({ length: paths }, (_, path) => {
    walk.start(path);
    return steps.reduce((price, dt) => walk.process.advance(price, dt), S0);
  });
}

/** `count` equal steps. */
export function equalSteps(T: number, count: number): number[] {
  return new Array<number>(count).fill(T / count);
}

/** The sample mean of f(x) is within 4 standard errors of its expectation (plus `rounding` times it). */
export function expectMean(
  values: Float64Array,
  f: (x: number) => number,
  exact: number,
  what: string,
  rounding = 1e-12,
): void {
  let sum = 0;
  for (const x of values) sum += f(x);
  const mean = sum / values.length;
  let squares = 0;
  for (const x of values) squares += (f(x) - mean) ** 2;
  const se = Math.sqrt(squares / (values.length - 1) / values.length);
  const text = `${what}: ${mean}, exact ${exact}, standard error ${se}, z ${(mean - exact) / se}`;
  if (process.env['MIDPRICE_FIGURES'] !== undefined) console.log(text);
  expect(Math.abs(mean - exact), text).toBeLessThan(4 * se + rounding * Math.abs(exact));
}

/** Mean and variance, the variance about the exact mean. */
export function expectMoments(values: Float64Array, mean: number, variance: number, what: string): void {
  expectMean(values, (x) => x, mean, `${what}, mean`);
  expectMean(values, (x) => (x - mean) ** 2, variance, `${what}, variance`);
}

/** Kolmogorov's statistic √n sup |F_n − F|; above 1.95 with probability 0.001 (Smirnov 1948). */
export function kolmogorov(values: Float64Array, law: (x: number) => number): number {
  const sorted = values.slice().sort();
  const n = sorted.length;
  const gaps = sorted.map((x, i) => Math.max((i + 1) / n - law(x), law(x) - i / n));
  return Math.sqrt(n) * gaps.reduce((a, b) => Math.max(a, b), 0);
}
