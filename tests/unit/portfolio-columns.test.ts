import { describe, expect, it } from 'vitest';
import { summarise } from '../../src/aggregate/summary.ts';
import { allocatePathColumns, pathColumnsBytes, viewPathColumns } from '../../src/simulate/results-buffer.ts';
import { runColumns, strategyOf } from '../support/run-columns.ts';

const experiment = {
  paths: 2000,
  seed: 'columns',
  simulator: { sigma: 2, A: 40, k: 1.5, Q_max: 6, dt: 0.02 },
  model: { gamma: 0.1, delta_min: null, delta_max: null },
  assets: [
    { name: 'BTC', simulator: { q0: 2 }, model: { phi: 0.2 } },
    { name: 'ETH', simulator: { sigma: 1, order_size: 0.5, Q_max: 2, q0: -1.5 }, model: { phi: 0.3, running: 0.1 } },
  ],
  correlation: 0.5,
  strategies: ['hjb', 'random'],
};

describe('columns of a portfolio', () => {
  it('take the bytes that are reserved for them, each its own', () => {
    const choice = { maxDrawdown: true, meanEstimator: false, assets: 2 };
    const buffer = allocatePathColumns(5, choice);
    const { pnl, integralQ2, maxDrawdown, fills, finalLots, maxAbsLots, assets = [] } = viewPathColumns(buffer);
    const own = assets.flatMap((asset) => [
      asset.pnl,
      asset.integralQ2,
      asset.fills,
      asset.finalLots,
      asset.maxAbsLots,
    ]);
    const columns = [pnl, integralQ2, maxDrawdown!, fills, finalLots, maxAbsLots, ...own];
    columns.forEach((column, i) => {
      column.fill(i + 1);
    });
    columns.forEach((column, i) => {
      expect([...column]).toEqual(new Array(5).fill(i + 1));
    });
    const bytes = columns.reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(pathColumnsBytes(5, choice) - pathColumnsBytes(0, choice)).toBe(bytes);
  });

  it('are the sums of the assets, and costs are theirs', async () => {
    const { columns, result } = strategyOf(await runColumns(experiment), 'hjb');
    const [btc, eth] = columns.assets ?? [];
    if (btc === undefined || eth === undefined) throw new Error('expected two assets');
    for (let i = 0; i < columns.count; i++) {
      expect(columns.pnl[i]).toBe(btc.pnl[i]! + eth.pnl[i]!);
      expect(columns.fills[i]).toBe(btc.fills[i]! + eth.fills[i]!);
      expect(columns.finalLots[i]).toBe(btc.finalLots[i]! + 0.5 * eth.finalLots[i]!);
      // Each asset's largest |q| comes at a time of its own.
      expect(columns.maxAbsLots[i]).toBeLessThanOrEqual(btc.maxAbsLots[i]! + 0.5 * eth.maxAbsLots[i]!);
      expect(columns.maxAbsLots[i]).toBeGreaterThanOrEqual(Math.max(btc.maxAbsLots[i]!, 0.5 * eth.maxAbsLots[i]!));
      expect(columns.maxAbsLots[i]).toBeGreaterThanOrEqual(3.5);
    }
    const wealth = Array.from(columns.pnl, (pnl, i) => {
      const q = [btc.finalLots[i]!, 0.5 * eth.finalLots[i]!] as const;
      return pnl - 0.2 * q[0] ** 2 - 0.3 * q[1] ** 2 - 0.1 * eth.integralQ2[i]!;
    });
    const equivalent = -Math.log(wealth.reduce((sum, w) => sum + Math.exp(-0.1 * w), 0) / columns.count) / 0.1;
    expect(result.summary.certainty_equivalent).toBeCloseTo(equivalent, 9);
  });

  it('have the figures of each asset as if it were alone', async () => {
    const { columns, result } = strategyOf(await runColumns(experiment), 'random');
    const facts = { gamma: 0.1, varianceReduction: 'none' } as const;
    const [btc, eth] = columns.assets ?? [];
    expect(result.assets).toEqual([
      { asset: 'BTC', summary: summarise(btc!, { ...facts, orderSize: 1, phi: 0.2, running: 0 }) },
      { asset: 'ETH', summary: summarise(eth!, { ...facts, orderSize: 0.5, phi: 0.3, running: 0.1 }) },
    ]);
  });

  it('go through sketches as they go through exact statistics', async () => {
    const exact = strategyOf(await runColumns({ ...experiment, statistics: 'exact' }), 'hjb').result;
    const sketch = strategyOf(await runColumns({ ...experiment, statistics: 'sketch' }), 'hjb').result;
    expect(sketch.assets).toHaveLength(2);
    sketch.assets.forEach(({ summary }, i) => {
      const own = exact.assets[i]!.summary;
      expect(summary.mean).toBe(own.mean);
      expect(summary.percentile_error).toBeGreaterThan(0);
      expect(Math.abs(summary.cvar95 - own.cvar95)).toBeLessThanOrEqual(summary.percentile_error);
    });
  });
});
