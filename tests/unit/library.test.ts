import { describe, expect, it } from 'vitest';
import {
  ConfigError,
  checkExperiment,
  createDefaultModel,
  createDefaultSimulator,
  createSimulator,
  InventoryHjb,
  type Policy,
  type PolicyFactory,
  planRun,
  replayPath,
  runBatch,
} from '../../src/index.ts';
import { exactCases } from '../support/exact-cases.ts';

const fixed: Policy = (_t, _q, S) => [S - 0.745, S + 0.745];

describe('InventoryHjb', () => {
  it('quotes delta_max on both sides with the usual defaults, which bind everywhere', () => {
    const model = createDefaultModel();
    expect(model.getOptimalSpreads(0, 0)).toEqual([0.1, 0.1]);
    expect(model.getQuotes(0.5, 3, 100)).toEqual([99.9, 100.1]);
  });

  it('gives the published quotes of Guéant, Lehalle & Fernandez-Tapia (2013)', () => {
    const bounds = { delta_min: null, delta_max: null };
    const model = new InventoryHjb({ sigma: 0.3, A: 0.9, k: 0.3, gamma: 0.01, T: 600, Q_max: 30, phi: 0, ...bounds });
    expect(model.getOptimalSpreads(0, 0)[0]).toBeCloseTo(3.313045, 6);
    expect(model.getOptimalSpreads(0, 10)[0]).toBeCloseTo(3.992933, 6);
    expect(model.getOptimalSpreads(0, 30)).toEqual([Number.POSITIVE_INFINITY, expect.any(Number)]);
    expect(model.getQuotes(0, -30, 100)[1]).toBeNull();
  });

  it('refuses what is off the lattice', () => {
    expect(() => createDefaultModel().getOptimalSpreads(0, 11)).toThrow(RangeError);
    expect(() => createDefaultModel().getOptimalSpreads(0, 0.5)).toThrow(RangeError);
    expect(() => createDefaultModel().getOptimalSpreads(-1, 0)).toThrow(RangeError);
    expect(() => new InventoryHjb({ sigma: -1 })).toThrow(ConfigError);
  });
});

describe('Simulator', () => {
  it('gives the same path for the same seed, and another for the next run', () => {
    const first = createDefaultSimulator({ seed: 7 });
    const a = first.runSimulation(fixed);
    expect(createDefaultSimulator({ seed: 7 }).runSimulation(fixed)).toEqual(a);
    expect(a.seedKey).toBe('7/0');
    const b = first.runSimulation(fixed);
    expect(b.seedKey).toBe('7/1');
    expect(first.run(fixed, { path: 0 })).toEqual(a);
  });

  it.each(['stepped', 'event'] as const)('records a path whose books balance, scheme %s', (scheme) => {
    const simulator = createSimulator({ scheme, A: 140, k: 1.5, sigma: 2, q0: 2, seed: 3 });
    const { trajectory, finalPnl, finalInventory, nTrades } = simulator.run(fixed, { record: true });
    if (trajectory === undefined) throw new Error('no trajectory');
    // Cash moves only at fills, by the price of what was traded.
    let cash = trajectory.cash[0]!;
    let q = trajectory.inventory[0]!;
    let fills = 0;
    trajectory.t.forEach((_, i) => {
      if (scheme === 'stepped') expect(trajectory.inventory[i]).toBe(q);
      const fill = trajectory.fill[i]!;
      for (const direction of fill === 2 ? [1, -1] : fill === 0 ? [] : [fill]) {
        cash -= direction * (direction === 1 ? trajectory.bid[i]! : trajectory.ask[i]!);
        q += direction;
        fills++;
      }
      if (scheme === 'event') expect(trajectory.cash[i]).toBeCloseTo(cash, 8);
    });
    expect([q, fills]).toEqual([finalInventory, nTrades]);
    expect(cash + q * trajectory.mid.at(-1)! - 2 * trajectory.mid[0]!).toBeCloseTo(finalPnl, 8);
  });

  it('lets a factory begin each path afresh, with its own random numbers', () => {
    const seen: number[] = [];
    const factory: PolicyFactory = {
      create({ random }) {
        seen.push(random.uniform());
        let calls = 0;
        return (_t, _q, S) => (calls++ === 0 ? [null, null] : [S - 0.1, S + 0.1]);
      },
    };
    const simulator = createDefaultSimulator({ seed: 1 });
    simulator.run(factory);
    simulator.run(factory, { path: 0 });
    simulator.run(factory, { path: 1 });
    expect(seen[0]).toBe(seen[1]);
    expect(seen[2]).not.toBe(seen[0]);
  });

  it('gives a policy its parameters, its model and the optimal quotes of that', () => {
    const beliefs = { gamma: 0.5, phi: 0.2, delta_min: null, delta_max: null };
    const solved = new InventoryHjb({ A: 140, k: 1.5, sigma: 2, ...beliefs });
    const factory: PolicyFactory = {
      create: ({ params, model, optimalSpreads }) => {
        expect([params['half'], model.gamma, model.A]).toEqual([0.3, 0.5, 140]);
        return (t, q, S) => {
          const quotes = optimalSpreads(t, q).map((distance) => distance ?? Number.POSITIVE_INFINITY);
          const expected = solved.getOptimalSpreads(t, q);
          for (const side of [0, 1] as const) {
            if (Number.isFinite(expected[side])) expect(quotes[side]).toBeCloseTo(expected[side], 9);
            else expect(quotes[side]).toBe(expected[side]);
          }
          return [S - 0.3, S + 0.3];
        };
      },
    };
    const simulator = createSimulator({ A: 140, k: 1.5, sigma: 2, scheme: 'event', Q_max: 10, model: beliefs });
    expect(simulator.run(factory, { params: { half: 0.3 } }).nTrades).toBeGreaterThan(10);
    expect(simulator.run((_t, _q, S, { half }) => [S - Number(half), null], { params: { half: 9 } }).nTrades).toBe(0);
  });

  it('names the path when a policy quotes what is no price', () => {
    const simulator = createDefaultSimulator({ seed: 'x' });
    expect(() => simulator.run(() => [Number.NaN, 101])).toThrow(
      /path x\/0: the policy returned \[NaN, 101\] at t = 0/,
    );
    expect(() => simulator.run(() => [101, 99])).toThrow(/a bid not above the ask/);
    const failing: Policy = () => {
      throw new Error('my own mistake');
    };
    expect(() => simulator.run(failing)).toThrow(/my own mistake/);
  });

  it('agrees with the exact mean of constant quotes over a loop of seeds', () => {
    const exact = exactCases().find(({ name }) => name === 'avellaneda-stoikov-2008');
    if (exact === undefined) throw new Error('no such case');
    const { sigma, A, k, T, Q_max } = exact.simulator;
    const half = exact.constant.half_spread;
    const pnls = Array.from({ length: 1000 }, (_, seed) =>
      createSimulator({ sigma, A, k, T, Q_max, scheme: 'event', seed }).run((_t, _q, S) => [S - half, S + half]),
    ).map(({ finalPnl }) => finalPnl);
    const mean = pnls.reduce((sum, pnl) => sum + pnl, 0) / pnls.length;
    expect(Math.abs(mean - exact.constant.event.mean)).toBeLessThan((4 * exact.constant.event.std) / Math.sqrt(1000));
  });
});

describe('replayPath', () => {
  // What hjb quotes here is far through the mid, which decides the market orders that all strategies meet.
  const experiment = {
    seed: 'replay',
    paths: 2,
    simulator: { sigma: 2, A: 140, k: 1.5, scheme: 'event', latency: 0.001, q0: 3 },
    model: { gamma: 1, phi: 1, delta_min: null, delta_max: null },
    strategies: ['hjb', { type: 'random', min: 0.2, max: 0.9 }],
  };

  it('gives the paths of a run to the last digit, whole', async () => {
    const { scenarios } = await runBatch(experiment, { workers: 0 });
    const plan = planRun(checkExperiment(experiment));
    for (const [i, cell] of plan.cells.entries()) {
      const row = scenarios[0]?.strategies[i];
      if (row?.state !== 'done') throw new Error('the cell failed');
      const paths = [await replayPath(cell, 0), await replayPath(cell, 1)];
      const pnl = paths.map(({ finalPnl }) => finalPnl).sort((a, b) => a - b);
      expect(pnl).toEqual([row.summary.min, row.summary.max]);
      expect(paths.map(({ trajectory }) => trajectory?.pnl.at(-1))).toEqual(paths.map(({ finalPnl }) => finalPnl));
      expect(paths[1]?.seedKey).toBe('replay/1');
    }
  });

  it('refuses what is not walked, and numbers of no path', async () => {
    const { latency: _, ...simulator } = experiment.simulator;
    const { cells } = planRun(checkExperiment({ ...experiment, simulator, strategies: ['hjb'] }));
    await expect(replayPath(cells[0]!, 0)).rejects.toThrow('a path of hjb cannot be replayed');
    await expect(replayPath(cells[0]!, 1.5)).rejects.toThrow(RangeError);
  });
});

it('runs a batch in memory', async () => {
  const { scenarios } = await runBatch({ paths: 100, strategies: ['hjb', 'constant'] }, { workers: 0 });
  expect(scenarios[0]?.strategies.map(({ state }) => state)).toEqual(['done', 'done']);
  expect(() => runBatch({ strategies: [] })).toThrow(ConfigError);
});
