/** Quotes through the mid (δ < 0), which fill oftener than market orders reach the mid, against the exact intensity A e^(−kδ). */
import { describe, expect, it } from 'vitest';
import type { SimulatorParameters } from '../../src/config/experiment.ts';
import type { PathColumns } from '../../src/simulate/path-columns.ts';
import { meanOf, ruleOf, sameNumbers, simulateRule } from '../support/event-rule.ts';
import { market, modelOf, simulate, strategy } from '../support/simulate.ts';
import { tabulatedMeans } from '../support/tabulated-policy.ts';

const PATHS = 20_000;
/** No bound binds: 200 units are 25 standard deviations of the inventory. */
const simulator: SimulatorParameters = { ...market, scheme: 'event', A: 20, k: 1.5, sigma: 0, T: 1.5, Q_max: 200 };
const rateAt = (distance: number): number => 20 * Math.exp(-1.5 * distance);

/** A Poisson count has its mean for a variance, so that the standard error is known. */
function expectPoisson(counts: readonly number[], expected: number, what: string): void {
  const { mean } = meanOf(counts);
  const n = counts.length;
  expect(Math.abs(mean - expected), `${what}: ${mean} against ${expected}`).toBeLessThan(4 * Math.sqrt(expected / n));
  const variance = meanOf(counts.map((x) => (x - expected) ** 2));
  expect(Math.abs(variance.mean - expected), `variance of ${what}`).toBeLessThan(4 * variance.se);
}

/** Fills of each side, from their number and the final inventory of a path that starts flat. */
function sides({ fills, finalLots }: Pick<PathColumns, 'fills' | 'finalLots'>) {
  const buys = Array.from(fills, (n, i) => (n + finalLots[i]!) / 2);
  return { buys, sells: Array.from(fills, (n, i) => n - buys[i]!) };
}

it('a constant half spread of −0.3: both sides fill at A e^(0.3 k), and each fill costs 0.3', async () => {
  const spec = strategy('constant', { half_spread: -0.3 });
  const { columns } = await simulate(simulator, modelOf(simulator), spec, PATHS);
  const { buys, sells } = sides(columns);
  expectPoisson(buys, 1.5 * rateAt(-0.3), 'buys');
  expectPoisson(sells, 1.5 * rateAt(-0.3), 'sells');
  expect(columns.pnl.every((pnl, path) => Math.abs(pnl + 0.3 * columns.fills[path]!) < 1e-11)).toBe(true);
});

describe('each side at its own distance', () => {
  it.each([
    [-0.3, 0.4],
    [0.2, -0.5],
    [-0.6, -0.1],
    [0, -0.2],
    [-0.4, Number.POSITIVE_INFINITY],
  ])('bid at %d, ask at %d', (bid, ask) => {
    const { columns } = simulateRule(
      simulator,
      ruleOf(
        () => bid,
        () => ask,
      ),
      PATHS,
    );
    const { buys, sells } = sides(columns);
    expectPoisson(buys, 1.5 * rateAt(bid), 'buys');
    if (ask === Number.POSITIVE_INFINITY) expect(sameNumbers(columns.fills, columns.finalLots)).toBe(true);
    else expectPoisson(sells, 1.5 * rateAt(ask), 'sells');
  });
});

describe('distances that move through the mid', () => {
  // The bid goes from 0.6 to −0.9, the ask from −0.4 to 1.1, both linearly: ∫ A e^(−kδ) dt is elementary.
  const bidAt = (t: number): number => 0.6 - t;
  const askAt = (t: number): number => t - 0.4;
  const total = (from: number, to: number): number => Math.abs(rateAt(from) - rateAt(to)) / 1.5;

  it('fill as often as the integral of the intensity says', () => {
    const { columns } = simulateRule(simulator, ruleOf(bidAt, askAt, true), PATHS);
    const { buys, sells } = sides(columns);
    expectPoisson(buys, total(0.6, -0.9), 'buys');
    expectPoisson(sells, total(-0.4, 1.1), 'sells');
  });

  it('fill at the right times', () => {
    // Without an ask q is Poisson with mean Λ(t): E q² = Λ + Λ², integrated by the midpoint rule.
    const { columns } = simulateRule(
      simulator,
      ruleOf(bidAt, () => Number.POSITIVE_INFINITY, true),
      PATHS,
    );
    const h = 1.5 / 10_000;
    let exact = 0;
    for (let i = 0; i < 10_000; i++) {
      const mean = total(0.6, 0.6 - (i + 0.5) * h);
      exact += (mean + mean * mean) * h;
    }
    const { mean, se } = meanOf(columns.integralQ2);
    expect(Math.abs(mean - exact), `${mean} against ${exact}`).toBeLessThan(4 * se);
  });

  it('are seen where they come and go within the horizon', () => {
    // Four full waves: the same distance at 0, T/2 and T. ∫ A e^(−kδ) dt by the midpoint rule, exact for periodic functions.
    const wave = (t: number): number => 0.2 + 0.4 * Math.cos((8 * Math.PI * t) / 1.5);
    const { columns } = simulateRule(simulator, ruleOf(wave, wave, true), PATHS);
    const exact = Array.from({ length: 200 }, (_, i) => (rateAt(wave(((i + 0.5) * 1.5) / 200)) * 1.5) / 200);
    expectPoisson(
      sides(columns).buys,
      exact.reduce((sum, x) => sum + x, 0),
      'buys',
    );
  });

  it('keep the inventory bound and the exact mean PnL', () => {
    const tight = { ...simulator, Q_max: 3, q0: 3, mu: 0.7, sigma: 1 };
    const { table, columns } = simulateRule(tight, ruleOf(bidAt, askAt, true), PATHS);
    expect(columns.finalLots.every((lots) => Math.abs(lots) <= 3)).toBe(true);
    expect(columns.maxAbsLots.every((lots) => lots === 3)).toBe(true);
    const exact = tabulatedMeans(tight, table).pnl;
    for (const column of [columns.meanEstimator!, columns.pnl]) {
      const { mean, se } = meanOf(column);
      expect(Math.abs(mean - exact), `${mean} against ${exact}, se ${se}`).toBeLessThan(4 * se);
    }
  });
});
