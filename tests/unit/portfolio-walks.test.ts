import { describe, expect, it } from 'vitest';
import type { PathColumns } from '../../src/simulate/path-columns.ts';
import { runColumns, strategyOf } from '../support/run-columns.ts';

const market = { sigma: 2, A: 60, k: 1.5, Q_max: 6, dt: 0.02, q0: 2, impact: 0.01, maker_fee: 0.02, drawdown_dt: 0.1 };
const model = { gamma: 0.1, phi: 0.1, running: 0.05, delta_min: null, delta_max: null };
// One strategy with a policy makes all of them walk, in a scenario without assets too.
const strategies = ['hjb', { type: 'constant', half_spread: 0.5, one_sided_at: 4 }, 'random'];

function columnsOf({ pnl, integralQ2, fills, finalLots, maxAbsLots, maxDrawdown }: PathColumns) {
  const column = (values: ArrayLike<number> | undefined): number[] => Array.from(values ?? []);
  return [pnl, integralQ2, fills, finalLots, maxAbsLots, maxDrawdown].map(column);
}

describe('a portfolio of one asset', () => {
  it.each([
    ['stepped', {}, 'none'],
    ['stepped, latency, antithetic', { latency: 0.05 }, 'antithetic'],
    ['stepped, linear fills', { fill: 'linear' }, 'none'],
    ['event', { scheme: 'event' }, 'none'],
    ['event, latency, tick, merton', { scheme: 'event', latency: 0.03, tick: 0.1, midprice: 'merton' }, 'none'],
    ['event, hawkes, antithetic', { scheme: 'event', arrivals: { type: 'hawkes' } }, 'antithetic'],
  ])('is the walk of that asset, number by number: %s', async (_name, changes, variance_reduction) => {
    const common = { paths: 200, seed: 'one', variance_reduction, model, strategies };
    const simulator = { ...market, ...changes };
    const alone = await runColumns({ ...common, simulator });
    const portfolio = await runColumns({ ...common, simulator, assets: [{ name: 'X' }] });
    for (const name of ['hjb', 'constant', 'random']) {
      const single = strategyOf(alone, name);
      const only = strategyOf(portfolio, name);
      expect(columnsOf(only.columns)).toEqual(columnsOf(single.columns));
      expect(only.result.summary).toEqual(single.result.summary);
      expect(only.result.assets[0]?.summary.mean).toBe(single.result.summary.mean);
    }
  });
});

describe('assets of a portfolio', () => {
  const two = {
    paths: 200,
    seed: 'two',
    model,
    strategies,
    simulator: market,
    assets: [{ name: 'X' }, { name: 'Y', simulator: { sigma: 1, A: 30 }, model: { gamma: 0.5 } }],
  };

  it('the first walks as it does alone, whatever the others do (stepped)', async () => {
    const alone = await runColumns({ ...two, assets: [{ name: 'X' }] });
    for (const correlation of [0, 0.7]) {
      const portfolio = await runColumns({ ...two, correlation });
      for (const name of ['hjb', 'random']) {
        const [first, second] = strategyOf(portfolio, name).columns.assets ?? [];
        const only = strategyOf(alone, name).columns.assets?.[0];
        expect(columnsOf(first!)).toEqual(columnsOf(only!));
        expect(columnsOf(second!)).not.toEqual(columnsOf(only!));
      }
    }
  });

  it('have orders that do not depend on the correlation', async () => {
    const fixed = { ...two, strategies: ['constant', 'random'] };
    const [a, b] = await Promise.all([-0.5, 0.9].map((correlation) => runColumns({ ...fixed, correlation })));
    const fills = (run: typeof a) => strategyOf(run!, 'constant').columns.assets?.map((asset) => [...asset.fills]);
    expect(fills(a)).toEqual(fills(b));
    expect(strategyOf(a!, 'constant').columns.pnl).not.toEqual(strategyOf(b!, 'constant').columns.pnl);
  });

  it('at correlation -1 move against each other, so that equal inventories are without risk', async () => {
    const held = { type: 'constant', half_spread: 50 };
    for (const scheme of ['stepped', 'event']) {
      const simulator = { ...market, scheme };
      const assets = [{ name: 'X' }, { name: 'Y' }];
      const run = await runColumns({ ...two, simulator, assets, correlation: -1, strategies: [held] });
      const { columns } = strategyOf(run, 'constant');
      expect(Math.max(...columns.fills)).toBe(0);
      for (const asset of columns.assets ?? []) expect(Math.max(...asset.pnl.map(Math.abs))).toBeGreaterThan(1);
      expect(Math.max(...columns.pnl.map(Math.abs))).toBeLessThan(1e-11);
    }
  });

  it('believe what the strategy believes, each beside its own model', async () => {
    const own = { type: 'constant', model: { gamma: 2 }, name: 'timid' };
    const explicit = {
      ...two,
      model: { ...model, gamma: 2 },
      assets: [{ name: 'X' }, { name: 'Y', simulator: { sigma: 1, A: 30 } }],
    };
    const a = strategyOf(await runColumns({ ...two, strategies: [own] }), 'timid');
    const b = strategyOf(await runColumns({ ...explicit, strategies: ['constant'] }), 'constant');
    expect(columnsOf(a.columns)).toEqual(columnsOf(b.columns));
    expect(a.result.summary).toEqual(b.result.summary);
  });
});
