import path from 'node:path';
import { compare } from '../aggregate/comparison.ts';
import { type PathProfile, ProfileAccumulator, profileTimes } from '../aggregate/path-profile.ts';
import { type Summary, summarise } from '../aggregate/summary.ts';
import { writeCharts } from '../report/draw-run.ts';
import { backtestComparison } from '../report/plots/backtest-comparison.ts';
import type { ChartFormat } from '../report/plots/render-chart.ts';
import { statisticsTable } from '../report/plots/statistics-table.ts';
import { openRunFolder } from '../report/run-folder.ts';
import type { Trajectory } from '../simulate/walk/recorder.ts';
import type { Policy, PolicyFactory } from '../strategies/custom/policy-api.ts';
import type { Simulator } from './simulator.ts';

/** What a policy came to over a backtest's runs. */
export interface BacktestResult {
  readonly name: string;
  /** Terminal mark-to-market PnL of runs 0, 1, …, price units × units. */
  readonly pnl: Float64Array;
  /** The figures of summary.csv; the certainty equivalent is the mean, as a policy has no risk aversion. */
  readonly summary: Summary;
  /** The first runs, whole. */
  readonly trajectories: readonly Trajectory[];
  /** PnL and inventory over time, over all runs. */
  readonly profile: PathProfile;
}

export interface BacktestOptions {
  /** By default 1000. */
  readonly runs?: number;
  /** Runs that are kept whole; by default 3. */
  readonly record?: number;
}

/**
 * Simulates a policy over many paths of a simulator: paths 0 … runs − 1 of its seed, so that backtests of several policies
 * with one simulator meet the same market and compare path by path.
 * @throws RangeError for fewer than 2 runs or no recorded one, PathError as `Simulator.runSimulation`
 */
export function runBacktest(
  simulator: Simulator,
  policy: Policy | PolicyFactory,
  name: string,
  { runs = 1000, record = Math.min(3, runs) }: BacktestOptions = {},
): BacktestResult {
  if (!(Number.isInteger(runs) && runs >= 2))
    throw new RangeError(`runs: expected an integer of at least 2, got ${runs}`);
  if (!(Number.isInteger(record) && record >= 1 && record <= runs)) {
    throw new RangeError(`record: expected an integer from 1 to runs = ${runs}, got ${record}`);
  }
  const { T, order_size } = simulator.parameters;
  const profile = new ProfileAccumulator(profileTimes(T));
  const trajectories: Trajectory[] = [];
  const results = Array.from({ length: runs }, (_, path) => {
    const { trajectory, ...result } = simulator.runSimulation(policy, { path, record: true });
    if (trajectory === undefined) throw new Error('a recorded run has no trajectory');
    profile.add(trajectory);
    if (path < record) trajectories.push(trajectory);
    return result;
  });
  const pnl = Float64Array.from(results, ({ finalPnl }) => finalPnl);
  const lots = (inventory: number): number => Math.round(inventory / order_size);
  const monitored = results.every(({ maxDrawdown }) => maxDrawdown !== undefined);
  const columns = {
    firstPath: 0,
    count: runs,
    pnl,
    integralQ2: Float64Array.from(results, ({ integralQ2 }) => integralQ2),
    maxDrawdown: monitored ? Float64Array.from(results, ({ maxDrawdown }) => maxDrawdown ?? Number.NaN) : undefined,
    fills: Int32Array.from(results, ({ nTrades }) => nTrades),
    finalLots: Int32Array.from(results, ({ finalInventory }) => lots(finalInventory)),
    maxAbsLots: Int32Array.from(results, ({ maxAbsInventory }) => lots(maxAbsInventory)),
  };
  const facts = { orderSize: order_size, gamma: 0, phi: 0, running: 0, varianceReduction: 'none' } as const;
  return { name, pnl, summary: summarise(columns, facts), trajectories, profile: profile.finish() };
}

export interface PlotOptions {
  /** By default the working directory. */
  readonly outputDir?: string;
  readonly format?: ChartFormat;
}

/**
 * Draws backtests: backtest_comparison.png and statistics_table.png; gives their paths. Where all have as many runs, their means
 * are compared path by path, which holds for backtests with one simulator.
 * @throws RangeError for no result or two of one name, FileError where the folder cannot be written
 */
export async function plotResults(
  results: readonly BacktestResult[],
  { outputDir = '.', format = 'png' }: PlotOptions = {},
): Promise<string[]> {
  const names = results.map(({ name }) => name);
  if (names.length === 0) throw new RangeError('plotResults: expected at least one backtest, got none');
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new RangeError(`plotResults: expected distinct names, got ${twice} twice`);
  const comparison = backtestComparison({
    company: names,
    strategies: names,
    recorded: results.flatMap(({ name, trajectories: [trajectory] }) =>
      trajectory === undefined ? [] : [{ strategy: name, path: 0, trajectory }],
    ),
    profiles: results.map(({ name, profile }) => ({ strategy: name, profile })),
    pnl: results.map(({ name, pnl }) => ({ name, values: pnl })),
  });
  const table = statisticsTable(
    results.map(({ name, summary }) => ({ strategy: name, summary })),
    comparisonsOf(results),
    names,
  );
  const charts = [
    { name: 'backtest_comparison', spec: comparison },
    { name: 'statistics_table', spec: table },
  ];
  const folder = await openRunFolder(outputDir);
  const files = await writeCharts(folder.path, charts, format);
  return files.map((file) => path.join(folder.path, file));
}

/** Each pair of backtests, path by path. */
function comparisonsOf(results: readonly BacktestResult[]) {
  return results.flatMap((later, i) =>
    results
      .slice(0, i)
      .filter(({ pnl }) => pnl.length === later.pnl.length)
      .map(({ name, pnl }) => ({ scenario: 0, strategy: later.name, baseline: name, ...compare(later.pnl, pnl) })),
  );
}
