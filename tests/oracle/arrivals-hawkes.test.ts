/**
 * Hawkes orders against the exact moments and law of their counts (fixtures/arrivals.json, by SciPy: Dynkin's formula and
 * the affine transform), and by the time-change theorem (Papangelou 1972; Ogata 1988). Fixed seeds; tolerance 4 standard
 * errors, or the Kolmogorov-Smirnov test at 0.001.
 */
import { describe, expect, it } from 'vitest';
import { arrivalsOf } from '../../src/simulate/arrivals/index.ts';
import {
  arrivalLaws,
  exponentialCdf,
  type FlowCase,
  flowOf,
  KOLMOGOROV_0_001,
  kolmogorov,
  marketOf,
} from '../support/order-flows.ts';

const PATHS = 40_000;

interface Kernel {
  readonly self: number;
  readonly cross: number;
  readonly decay: number;
  readonly start: string;
}

function kernelOf({ params }: Pick<FlowCase, 'params'>): Kernel {
  const { self, cross, decay, start } = params;
  return { self: Number(self), cross: Number(cross), decay: Number(decay), start: String(start) };
}

describe.each(arrivalLaws().hawkes)('$params, ceiling $ceiling', (law) => {
  const flow = { ...law, type: 'hawkes' };
  const { T, ceiling, mean, variance, pmf } = law;

  it('expects the exact mean', () => {
    const { expectedOrders } = arrivalsOf('hawkes');
    expect(expectedOrders(law.params, marketOf(law)) / mean).toBeCloseTo(1, 10);
  });

  it('has counts of the exact law, which the ceiling does not change', () => {
    const orders = flowOf(flow);
    const counts = Array.from({ length: PATHS }, () => 0);
    const histogram = pmf.map(() => 0);
    let others = 0;
    let product = 0;
    let extra = 0;
    let extraProduct = 0;
    for (let path = 0; path < PATHS; path++) {
      orders.start(path, false);
      const base = [0, 0];
      const above = [0, 0];
      for (orders.advance(); orders.time <= T; orders.advance()) {
        const tally = orders.mark < 1 ? base : above;
        tally[orders.side]!++;
      }
      counts[path] = base[0]!;
      if (base[0]! < histogram.length) histogram[base[0]!]!++;
      others += base[1]!;
      product += (base[0]! - mean) * (base[1]! - mean);
      extra += above[0]!;
      extraProduct += (above[0]! - law.extraMean) * (base[0]! - mean);
    }
    const near = (estimate: number, exact: number, se: number, what: string): void => {
      const z = (estimate - exact) / se;
      expect(Math.abs(z), `${what}: ${estimate} against ${exact}, z = ${z}`).toBeLessThan(4);
    };
    const n = Math.sqrt(PATHS);
    const total = counts.reduce((sum, x) => sum + x, 0);
    near(total / PATHS, mean, Math.sqrt(variance) / n, 'mean of the bid side');
    near(others / PATHS, mean, Math.sqrt(variance) / n, 'mean of the ask side');
    const spread = counts.reduce((sum, x) => sum + (x - mean) ** 2, 0) / PATHS;
    near(spread, variance, Math.sqrt(law.fourthMoment - variance ** 2) / n, 'variance');
    // By Cauchy-Schwarz E (xy)² <= √(E x⁴ E y⁴); the extra candidates' kurtosis is taken as 4.
    near(product / PATHS, law.covariance, Math.sqrt(law.fourthMoment) / n, 'covariance of the sides');
    if (ceiling > 1) {
      near(extra / PATHS, law.extraMean, Math.sqrt(law.extraVariance) / n, 'mean of the extra candidates');
      const se = Math.sqrt(Math.sqrt(law.fourthMoment * 4 * law.extraVariance ** 2)) / n;
      near(extraProduct / PATHS, law.extraCovariance, se, 'covariance with the extra candidates');
    } else {
      expect(extra).toBe(0);
    }
    const { statistic, freedom } = chiSquare(histogram, pmf);
    expect(freedom).toBeGreaterThan(20);
    // Wilson & Hilferty's normal approximation.
    const z = (Math.cbrt(statistic / freedom) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
    expect(z, `chi square ${statistic} with ${freedom} degrees of freedom`).toBeLessThan(4);
  });

  it('has a compensator that turns each side into a Poisson process of rate 1', () => {
    const gaps = compensatedGaps(flow, 12, 1500);
    for (const side of [0, 1]) {
      const own = gaps[side]!;
      expect(own.length).toBeGreaterThan(3000);
      expect(kolmogorov(own, exponentialCdf)).toBeLessThan(KOLMOGOROV_0_001);
      // No memory is left: successive increments have correlation 0 with standard error 1/√n.
      let sum = 0;
      for (let i = 1; i < own.length; i++) sum += (own[i]! - 1) * (own[i - 1]! - 1);
      expect(Math.abs(sum / own.length)).toBeLessThan(4 / Math.sqrt(own.length));
    }
  });
});

it('would not pass the time-change test without its excitation', () => {
  const flow = { type: 'poisson', params: {}, A: 5, T: 2, ceiling: 1 };
  const kernel = { self: 0.3, cross: 0.1, decay: 10, start: 'baseline' };
  const [bid] = compensatedGaps(flow, 12, 1500, kernel);
  expect(kolmogorov(bid!, exponentialCdf)).toBeGreaterThan(KOLMOGOROV_0_001);
});

/** With A = 2 and cross = 0, from m' = decay (A − (1 − n) m), m(0) = A, by scipy.integrate.solve_ivp (DOP853, rtol 1e-13). */
it.each([
  [0.999999, 1, 1, 2.9999986666670813],
  [0.5, 0.01, 0.9, 1.8040439318282284],
  [0.5, 0.021, 1, 2.0104633462665196],
  [0.25, 30, 50, 133.30370370370372],
])('expects the exact number of orders with self %d, decay %d and T %d', (self, decay, T, exact) => {
  const params = { self, cross: 0, decay, start: 'baseline' };
  expect(arrivalsOf('hawkes').expectedOrders(params, marketOf({ A: 2, T })) / exact).toBeCloseTo(1, 12);
});

/** Sum of (observed − expected)²/expected over classes of at least 25 expected paths. */
function chiSquare(histogram: readonly number[], pmf: readonly number[]): { statistic: number; freedom: number } {
  let statistic = 0;
  let classes = 0;
  let observed = 0;
  let share = 0;
  let seen = 0;
  let passed = 0;
  const close = (count: number, p: number): void => {
    statistic += (count - PATHS * p) ** 2 / (PATHS * p);
    classes++;
  };
  pmf.forEach((p, k) => {
    observed += histogram[k]!;
    share += p;
    if (PATHS * share < 25 || PATHS * (1 - passed - share) < 25) return;
    close(observed, share);
    seen += observed;
    passed += share;
    observed = 0;
    share = 0;
  });
  close(PATHS - seen, 1 - passed);
  return { statistic, freedom: classes - 1 };
}

/**
 * Increments of ∫ λ dt between the orders of each side, λ by its definition as a sum over all orders before (marks below 1).
 * Paths are cut at a number of candidates, a stopping time; what is left goes to the side's next increment.
 */
function compensatedGaps(flow: FlowCase, paths: number, candidates: number, kernel = kernelOf(flow)): number[][] {
  const { A } = flow;
  const { self, cross, decay, start } = kernel;
  const orders = flowOf(flow);
  const gaps: number[][] = [[], []];
  const rest = [0, 0];
  const first = start === 'mean' ? (A * (self + cross)) / (1 - self - cross) / decay : 0;
  for (let path = 0; path < paths; path++) {
    orders.start(path, false);
    const times: number[] = [];
    const sides: number[] = [];
    let last = 0;
    for (let i = 0; i < candidates; i++) {
      orders.advance();
      const t = orders.time;
      for (const side of [0, 1]) {
        let sum = A * (t - last) + first * (Math.exp(-decay * last) - Math.exp(-decay * t));
        for (let j = 0; j < times.length; j++) {
          if (decay * (last - times[j]!) > 45) continue;
          const share = sides[j] === side ? self : cross;
          sum += share * (Math.exp(-decay * (last - times[j]!)) - Math.exp(-decay * (t - times[j]!)));
        }
        rest[side]! += sum;
      }
      last = t;
      if (orders.mark >= 1) continue;
      times.push(t);
      sides.push(orders.side);
      gaps[orders.side]!.push(rest[orders.side]!);
      rest[orders.side] = 0;
    }
  }
  return gaps;
}
