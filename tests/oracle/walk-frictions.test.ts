/**
 * Tick, latency and quotes through the mid in walks, against exact answers for constant quotes without an inventory
 * bound. Tolerance 4 standard errors, fixed seed.
 */
import { describe, expect, it } from 'vitest';
import type { SimulatorParameters } from '../../src/config/experiment.ts';
import { Desk, QuoteQueue } from '../../src/simulate/walk/desk.ts';
import type { PathPolicy } from '../../src/strategies/policy.ts';
import { market as defaultMarket, modelOf as defaultModel, simulate, strategy } from '../support/simulate.ts';

const PATHS = 1000;

function fixedPolicy(bid: number, ask: number): PathPolicy {
  return {
    start() {},
    quote(_t, _q, _S, out) {
      out[0] = bid;
      out[1] = ask;
    },
  };
}

describe('tick', () => {
  it.each([
    // mid, distances, tick → prices, worked out by hand
    { S: 100.003, bid: 0.05, ask: 0.05, tick: 0.01, prices: [99.95, 100.06] },
    { S: 100, bid: 0.03, ask: 0.07, tick: 0.01, prices: [99.97, 100.07] },
    { S: 99.999, bid: 0, ask: 0, tick: 0.5, prices: [99.5, 100] },
    { S: 10.2, bid: -0.3, ask: 0.4, tick: 0.25, prices: [10.5, 10.75] },
  ])('rounds $bid and $ask around $S away from the mid', ({ S, bid, ask, tick, prices }) => {
    const desk = new Desk(fixedPolicy(bid, ask), tick);
    desk.quote(0, 0, S);
    expect(S - desk.distances[0]!).toBeCloseTo(prices[0]!, 10);
    expect(S + desk.distances[1]!).toBeCloseTo(prices[1]!, 10);
  });

  it('leaves an absent quote absent', () => {
    const desk = new Desk(fixedPolicy(Number.POSITIVE_INFINITY, 1), 0.01);
    desk.quote(0, 0, 100);
    expect(desk.distances[0]).toBe(Number.POSITIVE_INFINITY);
  });
});

it('keeps delayed quotes in order, however many there are', () => {
  const queue = new QuoteQueue();
  const out = new Float64Array(2);
  let next = 0;
  for (let i = 0; i < 500; i++) {
    queue.push(i, -i);
    if (i % 3 === 0) {
      queue.shift(out);
      expect([...out]).toEqual([next, -next]);
      next++;
    }
  }
  for (; next < 500; next++) {
    queue.shift(out);
    expect([...out]).toEqual([next, -next]);
  }
});

const market: SimulatorParameters = {
  ...defaultMarket,
  sigma: 2,
  A: 100,
  k: 1.5,
  T: 1,
  dt: 0.001,
  Q_max: null,
  scheme: 'event',
};
const half = 0.7;

describe('latency', () => {
  /**
   * A quote made at S − δ meets an order at distance δ + X, X = S_t − S_{t−ℓ} of variance s = σ² min(t, ℓ), at the intensity
   * A e^(−k(δ + X)): E of fills is 2A∫e^(−kδ + k²s/2) dt, E of PnL 2A∫e^(−kδ + k²s/2)(δ − ks) dt, since the inventory gains
   * nothing from later increments.
   */
  function exact(latency: number): { readonly fills: number; readonly pnl: number } {
    const { A, k, sigma, T } = market;
    const nodes = 20_000;
    let fills = 0;
    let pnl = 0;
    for (let i = 0; i < nodes; i++) {
      const s = sigma * sigma * Math.min(((i + 0.5) / nodes) * T, latency);
      const rate = (2 * A * Math.exp(-k * half + (k * k * s) / 2) * T) / nodes;
      fills += rate;
      pnl += rate * (half - k * s);
    }
    return { fills, pnl };
  }

  it.each([
    { scheme: 'event', latency: 0.02 },
    { scheme: 'event', latency: 0.1 },
    // At A dt = 0.02 the one-fill limit of a small step costs 0.4 % of the fills at these distances.
    { scheme: 'stepped', latency: 0.02 },
  ] as const)('of $latency in the $scheme scheme', async ({ scheme, latency }) => {
    // 99.9 % of X lie within 3.3 √s = 2.1 of the quote: as far through the mid must quotes be served.
    const small = { ...market, scheme, latency, through_mid: 2, dt: 0.0002 };
    const { summary, columns } = await simulate(
      small,
      defaultModel(small),
      strategy('constant', { half_spread: half }),
      PATHS,
      42,
      'none',
      true,
    );
    const { fills, pnl } = exact(latency);
    let squares = 0;
    for (const count of columns.fills) squares += (count - summary.fills_mean) ** 2;
    const se = Math.sqrt(squares / (PATHS - 1) / PATHS);
    const bias = scheme === 'event' ? 0 : 0.006 * fills;
    expect(Math.abs(summary.fills_mean - fills), `${summary.fills_mean} ± ${se} against ${fills}`).toBeLessThan(
      4 * se + bias,
    );
    expect(Math.abs(summary.mean - pnl), `${summary.mean} ± ${summary.mean_se} against ${pnl}`).toBeLessThan(
      4 * summary.mean_se + (bias > 0 ? 0.006 * pnl : 0),
    );
  });

  it('changes nothing where the mid does not move', async () => {
    const still = { ...market, sigma: 0, through_mid: 1 };
    const spec = strategy('constant', { half_spread: half });
    const [now, late] = await Promise.all(
      [0, 0.1].map((latency) => simulate({ ...still, latency }, defaultModel(still), spec, 200, 1, 'none', true)),
    );
    expect([...late!.columns.pnl].map((x) => x.toFixed(9))).toEqual([...now!.columns.pnl].map((x) => x.toFixed(9)));
  });
});

it('serves quotes through the mid at their own intensity, up to through_mid, and counts those beyond', async () => {
  const spec = strategy('constant', { half_spread: -0.5 });
  const model = defaultModel(market);
  const { A, k, T } = market;
  const rate = A * Math.exp(k * 0.5) * T;
  const { summary, columns } = await simulate(market, model, spec, 2000, 42, 'none', true);
  expect(Math.abs(summary.fills_mean - 2 * rate)).toBeLessThan(4 * Math.sqrt((2 * rate) / 2000));
  expect(columns.saturatedQuotes?.[0]).toBe(0);
  const capped = await simulate({ ...market, through_mid: 0.2 }, model, spec, 2000, 42, 'none', true);
  const cappedRate = A * Math.exp(k * 0.2) * T;
  expect(Math.abs(capped.summary.fills_mean - 2 * cappedRate)).toBeLessThan(4 * Math.sqrt((2 * cappedRate) / 2000));
  expect(capped.columns.saturatedQuotes?.[0]).toBeGreaterThan(1000);
});
