import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { SimulatorParameters } from '../../src/config/experiment.ts';
import { arrivalsOf } from '../../src/simulate/arrivals/index.ts';
import type { OrderFlow } from '../../src/simulate/arrivals/order-flow.ts';
import type { Key } from '../../src/simulate/random/threefry.ts';
import { market } from './simulate.ts';

const key: Key = [101, 102, 103, 104];

/** Market orders by the name that a config gives them. */
export interface FlowCase {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly A: number;
  readonly T: number;
  readonly ceiling: number;
}

export function marketOf({ A, T }: Pick<FlowCase, 'A' | 'T'>): SimulatorParameters {
  return { ...market, A, T };
}

export function flowOf(flow: FlowCase, seed = key): OrderFlow {
  return arrivalsOf(flow.type).createFlow(flow.params, marketOf(flow), flow.ceiling, seed);
}

/** fixtures/arrivals.json, made by SciPy. */
export interface ArrivalLaws {
  readonly hawkes: readonly (Omit<FlowCase, 'type'> & {
    readonly mean: number;
    readonly variance: number;
    readonly covariance: number;
    readonly fourthMoment: number;
    readonly extraMean: number;
    readonly extraVariance: number;
    readonly extraCovariance: number;
    readonly pmf: readonly number[];
  })[];
  readonly rates: readonly (FlowCase & { readonly buckets: readonly number[] })[];
  readonly depth: readonly {
    readonly type: string;
    readonly k: number;
    readonly params: Readonly<Record<string, unknown>>;
    readonly distances: readonly number[];
    readonly reach: readonly number[];
  }[];
}

export function arrivalLaws(): ArrivalLaws {
  const file = path.resolve(import.meta.dirname, '../oracle/fixtures/arrivals.json');
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * √n times the Kolmogorov-Smirnov distance of a sample from a continuous law; above 1.9495 with probability 0.001 where the
 * sample is of that law (scipy.stats.kstwobign.isf(0.001)).
 */
export function kolmogorov(sample: readonly number[], cdf: (x: number) => number): number {
  const sorted = Float64Array.from(sample).sort();
  const n = sorted.length;
  let distance = 0;
  sorted.forEach((x, i) => {
    const p = cdf(x);
    distance = Math.max(distance, (i + 1) / n - p, p - i / n);
  });
  return distance * Math.sqrt(n);
}

export const KOLMOGOROV_0_001 = 1.9495;
export const exponentialCdf = (x: number): number => -Math.expm1(-x);
