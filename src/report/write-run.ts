import path from 'node:path';
import type { RunResult } from '../aggregate/results.ts';
import { riskColumns } from '../config/risk-columns.ts';
import { assetNames } from '../plan/asset-cells.ts';
import { writeFileAtomic } from '../util/atomic-write.ts';
import { bestCsv } from './best-csv.ts';
import { choiceCsv } from './choice-csv.ts';
import { comparisonsCsv } from './comparisons-csv.ts';
import type { ExperimentRecord } from './journal/experiment-record.ts';
import { manifestJson, type RunTimings } from './manifest.ts';
import { removePictures } from './plots/pictures.ts';
import { removeStale } from './run-folder.ts';
import { summaryCsv } from './summary-csv.ts';
import { thresholdsCsv } from './thresholds-csv.ts';

/** Data that some runs have and others not. */
const OPTIONAL_FILES = [
  'paths.csv',
  'paths.parquet',
  'trajectories.csv',
  'profiles.csv',
  'density.csv',
  'inventory.csv',
  'thresholds.csv',
  'choice.csv',
  'report.html',
];

/** Writes summary.csv, comparisons.csv, best.csv and manifest.json; the manifest comes last, so that one that exists is of a whole run. */
export async function writeRun(
  folder: string,
  result: RunResult,
  facts: {
    readonly workers: number | 'queue';
    readonly shards?: number | undefined;
    readonly timings: RunTimings;
    readonly pathsFile: string | undefined;
    readonly experiment: ExperimentRecord | undefined;
    readonly command?: readonly string[] | undefined;
    /** Further files of this run in the folder. */
    readonly attached: readonly string[];
  },
): Promise<void> {
  const place = (name: string): string => path.join(folder, name);
  const goals = [
    ...(result.thresholds === undefined ? [] : [place('thresholds.csv')]),
    ...(result.choice === undefined ? [] : [place('choice.csv')]),
  ];
  const data = [...(facts.pathsFile === undefined ? [] : [facts.pathsFile]), ...goals, ...facts.attached];
  for (const name of OPTIONAL_FILES) {
    if (!data.includes(place(name))) await removeStale(place(name));
  }
  await removePictures(folder);
  const rows = result.scenarios.flatMap(({ scenario, strategies }) =>
    strategies.map((row) => ({
      scenario: scenario.index,
      point: scenario.point,
      strategy: row.strategy,
      ...(row.state === 'done' ? { summary: row.summary, assets: row.assets, risk: row.risk } : { summary: undefined }),
    })),
  );
  await writeFileAtomic(
    place('summary.csv'),
    summaryCsv(rows, result.plan.sweptPaths, assetNames(result.plan), riskColumns(result.plan.scenarios[0]?.risk)),
  );
  const pairs = result.scenarios.flatMap(({ scenario, comparisons }) =>
    comparisons.map((comparison) => ({ scenario: scenario.index, ...comparison })),
  );
  await writeFileAtomic(place('comparisons.csv'), comparisonsCsv(pairs));
  const { thresholds, choice } = result;
  const { sweptPaths } = result.plan;
  if (thresholds) await writeFileAtomic(place('thresholds.csv'), thresholdsCsv(thresholds, sweptPaths));
  if (choice) await writeFileAtomic(place('choice.csv'), choiceCsv(choice, sweptPaths));
  await writeFileAtomic(place('best.csv'), bestCsv(result.scenarios, result.plan.sweptPaths));
  const files = [place('summary.csv'), place('comparisons.csv'), place('best.csv'), ...data];
  await writeFileAtomic(place('manifest.json'), await manifestJson(result, { ...facts, files }));
}
