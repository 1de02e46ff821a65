/**
 * Market orders at rates that are no random quantity, against the Poisson law and expected orders by SciPy's quadrature
 * (fixtures/arrivals.json). Fixed seeds; tolerance 4 standard errors, or the Kolmogorov-Smirnov test at 0.001.
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
const constant = Array.from({ length: 10 }, () => (12.5 * 0.8) / 10);
const poissonCases = [1, 3].map((ceiling) => ({
  type: 'poisson',
  params: {},
  A: 12.5,
  T: 0.8,
  ceiling,
  buckets: constant,
}));

function near(sum: number, n: number, mean: number, variance: number, what: string): void {
  const z = (sum / n - mean) / Math.sqrt(variance / n);
  expect(Math.abs(z), `${what}: ${sum / n} against ${mean}, z = ${z}`).toBeLessThan(4);
}

describe.each([...poissonCases, ...arrivalLaws().rates])('$type $params, ceiling $ceiling', (flow) => {
  const { T, ceiling, buckets } = flow;
  const definition = arrivalsOf(flow.type);
  const expected = buckets.reduce((sum, x) => sum + x, 0);
  const rate = (t: number): number => definition.rate!(flow.params, marketOf(flow), t);

  it('expects the integral of its rate', () => {
    expect(definition.expectedOrders(flow.params, marketOf(flow))).toBeCloseTo(expected, 9);
  });

  it('comes at its rate in every part of the day, on both sides, with independent Poisson counts', () => {
    const orders = flowOf(flow);
    const counts = buckets.map(() => 0);
    const totals = [0, 0];
    const squares = [0, 0];
    let product = 0;
    let below = 0;
    let all = 0;
    let marks = 0;
    for (let path = 0; path < PATHS; path++) {
      orders.start(path, false);
      const sides = [0, 0];
      for (orders.advance(); orders.time <= T; orders.advance()) {
        all++;
        marks += orders.mark / ceiling;
        below += orders.mark < 0.3 * ceiling ? 1 : 0;
        if (orders.mark >= 1) continue;
        counts[Math.min(9, Math.floor((10 * orders.time) / T))]!++;
        sides[orders.side]!++;
      }
      for (const side of [0, 1]) {
        totals[side]! += sides[side]!;
        squares[side]! += (sides[side]! - expected) ** 2;
      }
      product += (sides[0]! - expected) * (sides[1]! - expected);
    }
    buckets.forEach((mean, i) => {
      if (mean === 0) expect(counts[i]).toBe(0);
      else near(counts[i]!, PATHS, 2 * mean, 2 * mean, `orders in part ${i}`);
    });
    for (const side of [0, 1]) {
      near(totals[side]!, PATHS, expected, expected, `orders on side ${side}`);
      // A Poisson count's centred square has the mean λ and the variance λ + 2λ².
      near(squares[side]!, PATHS, expected, expected + 2 * expected ** 2, `variance on side ${side}`);
    }
    near(product, PATHS, 0, expected ** 2, 'covariance of the sides');
    near(all, PATHS, 2 * ceiling * expected, 2 * ceiling * expected, 'candidates');
    near(marks, all, 0.5, 1 / 12, 'mean of the marks');
    near(below, all, 0.3, 0.21, 'share of small marks');
  });

  it('has exponential gaps in the clock of its rate', () => {
    const gaps = rescaledGaps(flow, rate);
    expect(gaps.length).toBeGreaterThan(20_000);
    expect(kolmogorov(gaps, exponentialCdf)).toBeLessThan(KOLMOGOROV_0_001);
    // The same gaps in wrong units would be found out.
    expect(
      kolmogorov(
        gaps.map((gap) => 1.05 * gap),
        exponentialCdf,
      ),
    ).toBeGreaterThan(KOLMOGOROV_0_001);
  });

  it('has another clock than a process of constant rate, unless it is one', () => {
    const distance = kolmogorov(
      rescaledGaps(flow, () => expected / T),
      exponentialCdf,
    );
    if (flow.type === 'poisson') expect(distance).toBeLessThan(KOLMOGOROV_0_001);
    else expect(distance).toBeGreaterThan(KOLMOGOROV_0_001);
  });
});

/**
 * Increments of ∫ 2 · ceiling · rate dt from order to order, by Simpson's rule with 16 parts; the rest at the end of a path
 * goes to the first increment of the next, which makes a Poisson process of rate 1 of all paths together.
 */
function rescaledGaps(flow: FlowCase, rate: (t: number) => number): number[] {
  const orders = flowOf(flow);
  const gaps: number[] = [];
  let gap = 0;
  for (let path = 0; path < 20_000 && gaps.length < 40_000; path++) {
    orders.start(path, false);
    for (let last = 0; last < flow.T; ) {
      orders.advance();
      const end = Math.min(orders.time, flow.T);
      gap += 2 * flow.ceiling * simpson(rate, last, end);
      if (orders.time <= flow.T) {
        gaps.push(gap);
        gap = 0;
      }
      last = orders.time;
    }
  }
  return gaps;
}

function simpson(f: (t: number) => number, from: number, to: number): number {
  const h = (to - from) / 16;
  let sum = f(from) + f(to);
  for (let i = 1; i < 16; i++) sum += (i % 2 === 1 ? 4 : 2) * f(from + i * h);
  return (sum * h) / 3;
}
