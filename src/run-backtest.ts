/** Backtests: a run whose paths are walked one by one, so that some of them can be shown whole. */
import path from 'node:path';
import { ProfileAccumulator, profileTimes } from './aggregate/path-profile.ts';
import type { RunResult } from './aggregate/results.ts';
import type { ExperimentFile } from './config/load.ts';
import { planRun, type RunPlan } from './plan/plan.ts';
import { type NamedProfile, profilesCsv } from './report/profiles-csv.ts';
import { type RecordedPath, writeTrajectoriesCsv } from './report/trajectories-csv.ts';
import { type RunOptions, runExperiment } from './run-experiment.ts';
import { GridCache } from './simulate/grid-cache.ts';
import { recordPaths } from './simulate/record-paths.ts';
import { writeFileAtomic } from './util/atomic-write.ts';
import { didYouMean } from './util/did-you-mean.ts';
import { ConfigError } from './util/errors.ts';

/** Runs whose PnL and inventory over time make the bands; they are walked again, on the main thread. */
export const MOST_PROFILED = 2000;

export interface BacktestOptions extends Omit<RunOptions, 'exportPaths' | 'attach'> {
  /** Paths 0 … record − 1 of each strategy are kept whole. */
  readonly record: number;
}

/**
 * The plan of a backtest: one scenario whose strategies all walk.
 * @param only names of the strategies that take part; by default all
 * @throws ConfigError for a sweep, several assets, variance reduction by control (it needs the tabulated kernels), or a
 *   strategy that is not there
 */
export function planBacktest(file: ExperimentFile, only?: readonly string[]): RunPlan {
  if (file.axes.length > 0) {
    throw new ConfigError('sweep: expected one scenario in a backtest (use mm-batch sweep, or remove sweep:)');
  }
  return planRun({
    ...file,
    // Its strategies and their walks are not what the text says.
    source: undefined,
    scenarioAt: (point) => {
      const scenario = file.scenarioAt(point);
      if (scenario.portfolio !== undefined) {
        throw new ConfigError('assets: expected one asset in a backtest (use mm-batch run)');
      }
      if (scenario.variance_reduction === 'control') {
        throw new ConfigError(
          'variance_reduction: expected none or antithetic in a backtest, got control (its paths are walked one by one)',
        );
      }
      const strategies =
        only?.map((name) => {
          const known = scenario.strategies.map((strategy) => strategy.name);
          const spec = scenario.strategies.find((strategy) => strategy.name === name);
          if (spec !== undefined) return spec;
          const near = didYouMean(name, known);
          const cure = near === undefined ? `the file has ${known.join(', ')}` : `did you mean "${near}"?`;
          throw new ConfigError(`--strategies: expected strategies of the file, got ${JSON.stringify(name)} (${cure})`);
        }) ?? scenario.strategies;
      return { ...scenario, strategies, pathwise: true };
    },
  });
}

/**
 * Runs a backtest and writes its folder: that of `runExperiment` with paths.csv, and trajectories.csv and profiles.csv. The
 * trajectories are of the same paths as the statistics.
 * @throws as `runExperiment`
 */
export function runBacktest(plan: RunPlan, { record, ...options }: BacktestOptions): Promise<RunResult> {
  return runExperiment(plan, {
    ...options,
    exportPaths: 'csv',
    attach: async (folder, result) => {
      const { recorded, profiles } = await observe(result, record, options.signal);
      const [trajectories, bands] = [path.join(folder, 'trajectories.csv'), path.join(folder, 'profiles.csv')];
      await writeTrajectoriesCsv(trajectories, recorded);
      await writeFileAtomic(bands, profilesCsv(profiles));
      return [trajectories, bands];
    },
  });
}

/** Walks again: the recorded paths whole, and PnL and inventory over time of as many as the bands are made of. */
async function observe({ plan, scenarios }: RunResult, record: number, signal: AbortSignal | undefined) {
  const recorded: RecordedPath[] = [];
  const profiles: NamedProfile[] = [];
  const rows = scenarios.flatMap(({ strategies }) => strategies);
  const grids = new GridCache();
  for (const cell of plan.cells) {
    const { name } = cell.strategy;
    const row = rows.find(({ strategy }) => strategy === name);
    if (row?.state !== 'done') continue;
    const profile = new ProfileAccumulator(profileTimes(cell.scenario.simulator.T));
    let number = 0;
    for await (const trajectory of recordPaths(cell, Math.min(row.summary.paths, MOST_PROFILED), { grids })) {
      signal?.throwIfAborted();
      profile.add(trajectory);
      if (number < record) recorded.push({ strategy: name, path: number, trajectory });
      number++;
    }
    profiles.push({ strategy: name, profile: profile.finish() });
  }
  return { recorded, profiles };
}
