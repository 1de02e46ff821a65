import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  createDefaultSimulator,
  createSimulator,
  InventoryHjb,
  type Policy,
  plotResults,
  runBacktest,
} from '../../src/index.ts';
import { temporaryFolder } from '../support/cli.ts';
import { exactCases } from '../support/exact-cases.ts';

const folder = temporaryFolder();
const fixed: Policy = (_t, _q, S) => [S - 0.745, S + 0.745];

describe('runBacktest', () => {
  it('simulates the paths of the simulator, so that results compare', () => {
    const simulator = createDefaultSimulator({ seed: 5 });
    const result = runBacktest(simulator, fixed, 'fixed', { runs: 6, record: 2 });
    const again = createDefaultSimulator({ seed: 5 });
    expect([...result.pnl]).toEqual(Array.from({ length: 6 }, () => again.run(fixed).finalPnl));
    expect(result.trajectories.map(({ pnl }) => pnl.at(-1))).toEqual([...result.pnl.slice(0, 2)]);
    expect([result.summary.paths, result.profile.paths]).toEqual([6, 6]);
    expect([...runBacktest(simulator, fixed, 'twin', { runs: 6 }).pnl]).toEqual([...result.pnl]);
  });

  it('agrees with the exact mean, within 4 standard errors', () => {
    const exact = exactCases().find(({ name }) => name === 'avellaneda-stoikov-2008');
    if (exact === undefined) throw new Error('no such case');
    const { sigma, A, k, T, Q_max } = exact.simulator;
    const half = exact.constant.half_spread;
    const simulator = createSimulator({ sigma, A, k, T, Q_max, scheme: 'event', seed: 11 });
    const { summary } = runBacktest(simulator, (_t, _q, S) => [S - half, S + half], 'constant', {
      runs: 800,
      record: 1,
    });
    const { mean, mean_se, std, std_se } = summary;
    expect(Math.abs(mean - exact.constant.event.mean)).toBeLessThan(4 * mean_se);
    expect(Math.abs(std - exact.constant.event.std)).toBeLessThan(4 * std_se);
  });

  it('refuses numbers of runs that make no sense', () => {
    const simulator = createDefaultSimulator();
    expect(() => runBacktest(simulator, fixed, 'x', { runs: 1 })).toThrow(
      /runs: expected an integer of at least 2, got 1/,
    );
    expect(() => runBacktest(simulator, fixed, 'x', { runs: 5, record: 6 })).toThrow(
      /record: expected an integer from 1/,
    );
  });
});

describe('plotResults', () => {
  it('writes the two pictures and says where', async () => {
    const market = { sigma: 2, A: 140, k: 1.5, dt: 0.02 };
    const simulator = createSimulator(market);
    const model = new InventoryHjb({ ...{ sigma: 2, A: 140, k: 1.5, delta_min: null, delta_max: null } });
    const results = [
      runBacktest(simulator, (t, q, S) => model.getQuotes(t, q, S), 'hjb', { runs: 30 }),
      runBacktest(simulator, fixed, 'my own', { runs: 30 }),
    ];
    const outputDir = path.join(folder, 'plots');
    const files = await plotResults(results, { outputDir });
    expect(files).toEqual(
      ['backtest_comparison.png', 'statistics_table.png'].map((name) => path.join(outputDir, name)),
    );
    for (const file of files) expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG');
    const [svg] = await plotResults(results, { outputDir, format: 'svg' });
    expect(readFileSync(svg ?? '', 'utf8')).toContain('my own');
  });

  it.each(['stepped', 'event'] as const)('draws paths without fills or quotes, scheme %s', async (scheme) => {
    const simulator = createSimulator({ scheme, dt: 0.02 });
    const policies: Record<string, Policy> = {
      far: (_t, _q, S) => [S - 1000, S + 1000],
      'bid only': (_t, _q, S) => [S - 0.1, null],
      none: () => [null, null],
    };
    const backtest = (name: string) => runBacktest(simulator, policies[name]!, name, { runs: 3 });
    for (const names of [Object.keys(policies), ['none']]) {
      const results = names.map(backtest);
      expect(await plotResults(results, { outputDir: path.join(folder, scheme) })).toHaveLength(2);
    }
  });

  it('refuses nothing, and two results of one name', async () => {
    const result = runBacktest(createDefaultSimulator(), fixed, 'twice', { runs: 2 });
    const outputDir = path.join(folder, 'none');
    await expect(plotResults([], { outputDir })).rejects.toThrow(/at least one backtest/);
    await expect(plotResults([result, result], { outputDir })).rejects.toThrow(/distinct names, got twice twice/);
    expect(existsSync(outputDir)).toBe(false);
  });
});
