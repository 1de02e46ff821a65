import path from 'node:path';
import type { RunResult } from '../aggregate/results.ts';
import { assetNames } from '../plan/asset-cells.ts';
import { writeFileAtomic } from '../util/atomic-write.ts';
import { bestCsv } from './best-csv.ts';
import { comparisonsCsv } from './comparisons-csv.ts';
import { manifestJson, type RunTimings } from './manifest.ts';
import { removePictures } from './plots/pictures.ts';
import { removeStale } from './run-folder.ts';
import { summaryCsv } from './summary-csv.ts';

/** Data that some runs have and others not. */
const OPTIONAL_FILES = ['paths.csv', 'paths.parquet', 'trajectories.csv', 'profiles.csv', 'density.csv'];

/** Writes summary.csv, comparisons.csv, best.csv and manifest.json; the manifest comes last, so that one that exists is of a whole run. */
export async function writeRun(
  folder: string,
  result: RunResult,
  facts: {
    readonly workers: number;
    readonly timings: RunTimings;
    readonly pathsFile: string | undefined;
    /** Further files of this run in the folder. */
    readonly attached: readonly string[];
  },
): Promise<void> {
  const place = (name: string): string => path.join(folder, name);
  const data = [...(facts.pathsFile === undefined ? [] : [facts.pathsFile]), ...facts.attached];
  for (const name of OPTIONAL_FILES) {
    if (!data.includes(place(name))) await removeStale(place(name));
  }
  await removePictures(folder);
  const rows = result.scenarios.flatMap(({ scenario, strategies }) =>
    strategies.map((row) => ({
      scenario: scenario.index,
      point: scenario.point,
      strategy: row.strategy,
      ...(row.state === 'done' ? { summary: row.summary, assets: row.assets } : { summary: undefined }),
    })),
  );
  await writeFileAtomic(place('summary.csv'), summaryCsv(rows, result.plan.sweptPaths, assetNames(result.plan)));
  const pairs = result.scenarios.flatMap(({ scenario, comparisons }) =>
    comparisons.map((comparison) => ({ scenario: scenario.index, ...comparison })),
  );
  await writeFileAtomic(place('comparisons.csv'), comparisonsCsv(pairs));
  await writeFileAtomic(place('best.csv'), bestCsv(result.scenarios, result.plan.sweptPaths));
  const files = [place('summary.csv'), place('comparisons.csv'), place('best.csv'), ...data];
  await writeFileAtomic(place('manifest.json'), await manifestJson(result, { ...facts, files }));
}
