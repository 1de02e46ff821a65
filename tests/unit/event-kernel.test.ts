/** The event scheme in markets whose answers are known in closed form or follow from another run bit by bit. */
import { describe, expect, it } from 'vitest';
import type { SimulatorParameters } from '../../src/config/experiment.ts';
import { buildEventTable } from '../../src/simulate/event/event-table.ts';
import { solveHjb } from '../../src/solve/hjb-grid.ts';
import { strategies } from '../../src/strategies/index.ts';
import { meanOf, sameNumbers } from '../support/event-rule.ts';
import { market, modelOf, simulate, strategy } from '../support/simulate.ts';
import { tabulatedMeans } from '../support/tabulated-policy.ts';

const event: SimulatorParameters = { ...market, scheme: 'event' };

/** Exact mean PnL of the strategy's tabulated quotes. */
function exactMean(simulator: SimulatorParameters, type: string, params: Record<string, unknown>): number {
  const model = modelOf(simulator);
  const definition = strategies.find((one) => one.type === type)!;
  const rule = definition.createRule(params, { simulator, model, grid: () => solveHjb(model) });
  return tabulatedMeans(simulator, buildEventTable(simulator, rule)).pnl;
}

function expectWithin(column: ArrayLike<number>, exact: number, what: string): void {
  const { mean, se } = meanOf(column);
  expect(Math.abs(mean - exact), `${what}: ${mean} against ${exact}, se ${se}`).toBeLessThan(4 * se);
}

describe('orders of half a unit', () => {
  it('earn exactly half, where quotes and bound are the same in lots', async () => {
    const spec = strategy('constant', { half_spread: 0.4 });
    const units = { ...event, mu: 0.3, q0: 2 };
    const halves = { ...units, order_size: 0.5, Q_max: 5, q0: 1 };
    const whole = await simulate(units, modelOf(units), spec, 500);
    const half = await simulate(halves, modelOf(halves), spec, 500);
    expect(sameNumbers(half.columns.fills, whole.columns.fills)).toBe(true);
    expect(sameNumbers(half.columns.finalLots, whole.columns.finalLots)).toBe(true);
    expect(
      sameNumbers(
        half.columns.pnl,
        whole.columns.pnl.map((x) => x / 2),
      ),
    ).toBe(true);
    expect(
      sameNumbers(
        half.columns.integralQ2,
        whole.columns.integralQ2.map((x) => x / 4),
      ),
    ).toBe(true);
    expect(half.summary.final_q_mean).toBe(whole.summary.final_q_mean / 2);
    expect(half.summary.fills_mean).toBe(whole.summary.fills_mean);
  });

  it('have the exact mean of the optimal quotes for that size', async () => {
    const simulator = { ...event, order_size: 0.5, Q_max: 3, q0: -1, mu: 0.5 };
    const { columns } = await simulate(simulator, modelOf(simulator), strategy('hjb'), 5000, 42, 'control');
    const exact = exactMean(simulator, 'hjb', {});
    expectWithin(columns.meanEstimator!, exact, 'estimator');
    expectWithin(columns.pnl, exact, 'pnl');
  });
});

describe('without market orders (A = 0)', () => {
  it.each([0.745, -0.3])('PnL is the inventory held, with quotes at %d', async (half_spread) => {
    const simulator = { ...event, A: 0, mu: 0.4, sigma: 2, T: 2, q0: 3 };
    const { columns } = await simulate(simulator, modelOf(market), strategy('constant', { half_spread }), 20_000);
    expect(columns.fills.every((fills) => fills === 0)).toBe(true);
    expect(columns.finalLots.every((lots) => lots === 3)).toBe(true);
    expect(columns.integralQ2.every((x) => x === 18)).toBe(true);
    // q0 (μT + σ W_T): mean 2.4, variance 9 · 4 · 2 = 72.
    expectWithin(columns.pnl, 2.4, 'mean');
    expectWithin(
      columns.pnl.map((x) => (x - 2.4) ** 2),
      72,
      'variance',
    );
  });

  // Every figure is a dyadic fraction, so that nothing is rounded.
  it.each([null, 0.125])('nor volatility PnL is μ q0 T exactly, monitored every %s', async (drawdown_dt) => {
    const simulator = { ...event, A: 0, mu: 0.5, sigma: 0, q0: 3, drawdown_dt };
    const { columns } = await simulate(simulator, modelOf(market), strategy('hjb'), 100, 42, 'control');
    expect(columns.pnl.every((pnl) => pnl === 1.5)).toBe(true);
    expect(columns.meanEstimator?.every((estimate) => estimate === 1.5)).toBe(true);
  });
});

describe('the inventory bound', () => {
  it.each([10, -10])('holds for paths that start on it, at %d', async (q0) => {
    const simulator = { ...event, q0, mu: 1 };
    const spec = strategy('constant', { half_spread: 0.2 });
    const { columns } = await simulate(simulator, modelOf(simulator), spec, 5000, 42, 'control');
    expect(columns.maxAbsLots.every((lots) => lots === 10)).toBe(true);
    expect(columns.finalLots.every((lots) => Math.abs(lots) <= 10)).toBe(true);
    // Both ends are reached, and the bid fills again once the path has left the bound.
    expect(columns.finalLots.some((lots) => lots === q0)).toBe(true);
    expect(columns.finalLots.some((lots) => lots === -q0)).toBe(true);
    expectWithin(columns.meanEstimator!, exactMean(simulator, 'constant', { half_spread: 0.2 }), 'estimator');
  });

  it('may be absent: constant quotes then make the inventory the difference of two Poisson processes', async () => {
    const simulator = { ...event, Q_max: null, q0: 4 };
    const spec = strategy('constant', { half_spread: 0.745 });
    const { columns } = await simulate(simulator, modelOf(simulator), spec, 20_000);
    const rate = 2 * 140 * Math.exp(-1.5 * 0.745);
    expectWithin(columns.fills, rate, 'fills');
    expectWithin(columns.pnl, 0.745 * rate, 'pnl');
    expectWithin(columns.finalLots, 4, 'final q');
    expectWithin(
      Float64Array.from(columns.finalLots, (q) => (q - 4) ** 2),
      rate,
      'variance of final q',
    );
    // E∫q² dt = q0² + ∫ rate·t dt at T = 1; and Var PnL = δ² rate + σ² E∫q².
    expectWithin(columns.integralQ2, 16 + rate / 2, '∫q²');
    expectWithin(
      columns.pnl.map((x) => (x - 0.745 * rate) ** 2),
      0.745 ** 2 * rate + 4 * (16 + rate / 2),
      'variance of pnl',
    );
    expect(columns.maxAbsLots.some((lots) => lots > 20)).toBe(true);
  });
});
