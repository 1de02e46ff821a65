import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { pnlSplit } from '../../src/aggregate/pnl-split.ts';
import { PNL_PARTS } from '../../src/config/risk-columns.ts';
import { runColumns, strategyOf } from '../support/run-columns.ts';

const DISTANCE = 0.5;
const constant = { type: 'constant', half_spread: DISTANCE, name: 'tabulated' };
const market = { sigma: 2, A: 60, k: 1.5, dt: 0.005, Q_max: 4, q0: 2, maker_fee: 0.03, impact: 0.07, order_size: 0.5 };
const model = { gamma: 0.1, phi: 0, delta_min: null, delta_max: null };
/** What makes all strategies walk, and hardly changes the market. */
const walking = { latency: 1e-9 };
const risk = { decompose: true, bound_time: true };

function run(simulator: object, wishes: object = {}) {
  return runColumns({
    paths: 400,
    simulator: { ...market, ...simulator },
    model,
    strategies: [constant],
    risk,
    ...wishes,
  });
}

const WAYS = [
  ['stepped', { scheme: 'stepped' }],
  ['event', { scheme: 'event' }],
  ['event, monitored', { scheme: 'event', drawdown_dt: 0.01 }],
  ['stepped walk', { scheme: 'stepped', ...walking }],
  ['event walk', { scheme: 'event', ...walking }],
] as const;

describe.each(WAYS)('PnL split, %s', (_name, way) => {
  test.each(['none', 'antithetic'])(
    'adds up to PnL on every path to 1e-9; variance reduction %s',
    async (variance_reduction) => {
      const { columns, result } = strategyOf(await run(way, { variance_reduction }), 'tabulated');
      const facts = {
        measures: { ...risk, levels: [], ratios: false, target: 0, utility: false, drawdown: false },
        horizon: 1,
      };
      const split = pnlSplit(columns, { ...facts, fee: 0.03, impact: 0.07, startLots: 4 }, 0.5);
      for (let i = 0; i < columns.count; i++) {
        const sum = PNL_PARTS.reduce((total, part) => total + split[part](i), 0);
        expect(Math.abs(sum - columns.pnl[i]!)).toBeLessThan(1e-9);
        expect(split.fees(i)).toBeCloseTo(-0.03 * 0.5 * columns.fills[i]!, 12);
      }
      const mean = PNL_PARTS.reduce((total, part) => total + (result.risk?.get(`${part}_mean`) ?? Number.NaN), 0);
      expect(mean).toBeCloseTo(result.summary.mean, 9);
    },
  );

  test('antithetic pairs count as one sample in the standard errors', async () => {
    const { columns, result } = strategyOf(await run(way, { variance_reduction: 'antithetic' }), 'tabulated');
    const average = (i: number): number => (columns.boundTime![2 * i]! + columns.boundTime![2 * i + 1]!) / 2;
    const averages = Array.from({ length: columns.count / 2 }, (_, i) => average(i));
    const mean = averages.reduce((sum, x) => sum + x, 0) / averages.length;
    const variance = averages.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (averages.length - 1);
    const se = Math.sqrt(variance / averages.length);
    // 200 pairs for 400 paths: n − 1 differs by 1/400, its root by half of that.
    expect((result.risk?.get('bound_time_mean_se') ?? Number.NaN) / se).toBeCloseTo(1, 2);
  });

  test('without a moving price nothing is earned by holding, and each fill earns its distance', async () => {
    const { columns } = strategyOf(await run({ ...way, sigma: 0 }), 'tabulated');
    const facts = {
      measures: { ...risk, levels: [], ratios: false, target: 0, utility: false, drawdown: false },
      horizon: 1,
    };
    const split = pnlSplit(columns, { ...facts, fee: 0.03, impact: 0.07, startLots: 4 }, 0.5);
    let most = 0;
    for (let i = 0; i < columns.count; i++) {
      expect(Math.abs(split.inventory_pnl(i))).toBeLessThan(1e-9);
      // Where both sides fill in one step, the second is further from the mid by what the first moved it; a quote that is a step
      // late is nearer or further by what the fills of that step moved it.
      const both = (split.spread_income(i) - 0.5 * DISTANCE * columns.fills[i]!) / (0.5 * 0.07);
      if (way.scheme === 'event') expect(Math.abs(both)).toBeLessThan(1e-9);
      expect(Math.abs(both - Math.round(both))).toBeLessThan(1e-9);
      if (!('latency' in way)) expect(both).toBeGreaterThan(-1e-9);
      most = Math.max(most, columns.fills[i]!);
    }
    expect(most).toBeGreaterThan(20);
  });

  test('with a bound of one lot the time at it is ∫ q² dt', async () => {
    const wishes = { ...way, order_size: 1, Q_max: 1, q0: -1, impact: 0, sigma: 1 };
    const { columns } = strategyOf(await run(wishes), 'tabulated');
    for (let i = 0; i < columns.count; i++) expect(columns.boundTime?.[i]).toBeCloseTo(columns.integralQ2[i]!, 9);
    expect(Math.min(...columns.integralQ2)).toBeLessThan(0.9);
  });
});

interface BoundTime {
  readonly A: number;
  readonly k: number;
  readonly delta: number;
  readonly Q: number;
  readonly T: number;
  readonly q0: number;
  readonly share: number;
}
const { bound_times }: { readonly bound_times: readonly BoundTime[] } = JSON.parse(
  readFileSync(new URL('./fixtures/risk.json', import.meta.url), 'utf8'),
);

describe.each(bound_times)(
  'time at the bound ±$Q from $q0, against scipy.linalg.expm',
  ({ A, k, delta, Q, T, q0, share }) => {
    test.each([
      ['tabulated', {}],
      ['walked', walking],
    ])('%s: within 4 standard errors', async (_name, way) => {
      const simulator = { ...way, scheme: 'event', sigma: 1, A, k, T, Q_max: Q, q0 };
      const strategies = [{ type: 'constant', half_spread: delta, name: 'tabulated' }];
      const found = await runColumns({ paths: 10_000, simulator, model, strategies, risk });
      const figures = strategyOf(found, 'tabulated').result.risk;
      const [mean, se] = [
        figures?.get('bound_time_mean') ?? Number.NaN,
        figures?.get('bound_time_mean_se') ?? Number.NaN,
      ];
      expect(Math.abs(mean - share)).toBeLessThan(4 * se);
      expect(se).toBeLessThan(0.01);
    });
  },
);

test('asking for the split changes no other number', async () => {
  const [asked, plain] = [await run({ scheme: 'event' }), await run({ scheme: 'event' }, { risk: undefined })];
  const [a, b] = [strategyOf(asked, 'tabulated'), strategyOf(plain, 'tabulated')];
  expect(a.result.summary).toEqual(b.result.summary);
  expect(a.columns.pnl).toEqual(b.columns.pnl);
  expect(b.result.risk?.size).toBe(0);
});
