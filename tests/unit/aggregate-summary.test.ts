import { describe, expect, test } from 'vitest';
import { SUMMARY_COLUMNS } from '../../src/aggregate/metrics/index.ts';
import { summarise } from '../../src/aggregate/summary.ts';
import type { PathColumns } from '../../src/simulate/path-columns.ts';

const columns: PathColumns = {
  firstPath: 0,
  count: 4,
  pnl: Float64Array.of(3, -1, 4, 2),
  maxDrawdown: Float64Array.of(0, 2, 0.5, 0.5),
  integralQ2: Float64Array.of(1, 2, 3, 4),
  fills: Int32Array.of(5, 6, 7, 9),
  finalLots: Int32Array.of(1, -2, 0, 3),
  maxAbsLots: Int32Array.of(1, 2, 3, 4),
};
const facts = { orderSize: 0.5, gamma: 0, phi: 0.1, running: 0.01, varianceReduction: 'none' as const };

describe('summarise', () => {
  test('columns are those of interface.md, in its order', () => {
    expect(SUMMARY_COLUMNS.join(',')).toBe(
      'paths,mean,mean_se,mean_ci_low,mean_ci_high,std,std_se,p05,p05_se,p50,p95,p95_se,var95,cvar95,cvar95_se,' +
        'skewness,kurtosis,min,max,sharpe,fills_mean,final_q_mean,final_q_std,max_abs_q_mean,max_drawdown_mean,' +
        'certainty_equivalent,certainty_equivalent_se,variance_ratio,percentile_error,' +
        'p50_se,sharpe_se,fills_mean_se,final_q_mean_se,final_q_std_se,max_abs_q_mean_se,max_drawdown_mean_se',
    );
    expect(Object.keys(summarise(columns, facts))).toEqual([...SUMMARY_COLUMNS]);
  });

  test('PnL before the terminal cost, inventories in units, certainty equivalent after costs', () => {
    const s = summarise(columns, facts);
    expect(s).toMatchObject({ paths: 4, mean: 2, min: -1, max: 4, p50: 2.5, fills_mean: 6.75, cvar95: 1 });
    expect(s.final_q_mean).toBeCloseTo(0.25, 14);
    expect(s.final_q_std).toBeCloseTo(0.5 * Math.sqrt(13 / 3), 14);
    expect(s.max_abs_q_mean).toBe(1.25);
    // std / √n of each column, n − 1 in the variance.
    expect(s.fills_mean_se).toBeCloseTo(Math.sqrt(8.75 / 3 / 4), 14);
    expect(s.final_q_mean_se).toBeCloseTo(0.25 * Math.sqrt(13 / 3), 14);
    expect(s.max_abs_q_mean_se).toBeCloseTo(0.25 * Math.sqrt(5 / 3), 14);
    expect(s.max_drawdown_mean_se).toBeCloseTo(Math.sqrt(0.75 / 4), 14);
    expect(s.max_drawdown_mean).toBe(0.75);
    expect(s.sharpe).toBeCloseTo(2 / Math.sqrt(14 / 3), 14);
    expect(s.var95).toBe(-s.p05);
    // γ = 0: mean(pnl) − φ mean(q²) − ζ mean(∫q²) = 2 − 0.1 · 0.875 − 0.01 · 2.5.
    expect(s.certainty_equivalent).toBeCloseTo(1.8875, 14);
    const wealth = [3 - 0.025, -1 - 0.1, 4, 2 - 0.225].map((x, i) => x - facts.running * columns.integralQ2[i]!);
    const exact = -Math.log(wealth.reduce((sum, x) => sum + Math.exp(-0.5 * x), 0) / 4) / 0.5;
    expect(summarise(columns, { ...facts, gamma: 0.5 }).certainty_equivalent).toBeCloseTo(exact, 13);
  });

  test('order of the paths matters to no figure that is a function of the sorted column', () => {
    const reversed = summarise({ ...columns, pnl: columns.pnl.slice().reverse() }, facts);
    const s = summarise(columns, facts);
    for (const name of ['p05', 'p05_se', 'p50', 'p95', 'cvar95', 'cvar95_se', 'min', 'max'] as const) {
      expect(reversed[name]).toBe(s[name]);
    }
    expect([...columns.pnl]).toEqual([3, -1, 4, 2]);
  });

  test('slots after `count` are not read', () => {
    const padded = { ...columns, pnl: Float64Array.of(3, -1, 4, 2, Number.NaN, 1e9) };
    expect(summarise(padded, facts)).toEqual(summarise(columns, facts));
    expect(() => summarise({ ...columns, count: 5 }, facts)).toThrow('expected 5 paths, got 4');
  });

  test('what is not defined is NaN: one path, and equal paths', () => {
    const one = summarise({ ...columns, count: 1 }, facts);
    for (const name of ['mean_se', 'std', 'std_se', 'p05_se', 'cvar95_se', 'sharpe', 'skewness', 'kurtosis'] as const) {
      expect(one[name], name).toBeNaN();
    }
    expect(one).toMatchObject({ paths: 1, mean: 3, p05: 3, cvar95: -3 });
    const equal = summarise({ ...columns, pnl: new Float64Array(4).fill(0.3) }, facts);
    expect(equal).toMatchObject({ mean: 0.3, std: 0, std_se: 0, mean_se: 0, p05_se: 0, cvar95_se: 0 });
    expect(equal.sharpe).toBeNaN();
  });

  test('reads columns in shared memory, and names the path that is not finite', () => {
    const shared = new Float64Array(new SharedArrayBuffer(32));
    shared.set(columns.pnl);
    expect(summarise({ ...columns, pnl: shared }, facts)).toEqual(summarise(columns, facts));
    shared[2] = Number.NaN;
    expect(() => summarise({ ...columns, pnl: shared }, facts)).toThrow(
      'pnl: expected finite numbers, got NaN at path 2',
    );
    expect(() => summarise({ ...columns, count: 0 }, facts)).toThrow(RangeError);
  });
});
