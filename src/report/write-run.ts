import path from 'node:path';
import type { RunResult } from '../aggregate/results.ts';
import { writeFileAtomic } from '../util/atomic-write.ts';
import { comparisonsCsv } from './comparisons-csv.ts';
import { manifestJson, type RunTimings } from './manifest.ts';
import { removeStale } from './run-folder.ts';
import { summaryCsv } from './summary-csv.ts';

/** Writes summary.csv, comparisons.csv and manifest.json; the manifest comes last, so that one that exists is of a whole run. */
export async function writeRun(
  folder: string,
  result: RunResult,
  facts: { readonly workers: number; readonly timings: RunTimings; readonly pathsFile: string | undefined },
): Promise<void> {
  const place = (name: string): string => path.join(folder, name);
  for (const name of ['paths.csv', 'paths.parquet']) {
    if (facts.pathsFile !== place(name)) await removeStale(place(name));
  }
  const rows = result.scenarios.flatMap(({ scenario, strategies }) =>
    strategies.map((row) => ({
      scenario: scenario.index,
      point: scenario.point,
      strategy: row.strategy,
      summary: row.state === 'done' ? row.summary : undefined,
    })),
  );
  await writeFileAtomic(place('summary.csv'), summaryCsv(rows, result.plan.sweptPaths));
  const pairs = result.scenarios.flatMap(({ scenario, comparisons }) =>
    comparisons.map((comparison) => ({ scenario: scenario.index, ...comparison })),
  );
  await writeFileAtomic(place('comparisons.csv'), comparisonsCsv(pairs));
  const files = [place('summary.csv'), place('comparisons.csv'), ...(facts.pathsFile ? [facts.pathsFile] : [])];
  await writeFileAtomic(place('manifest.json'), await manifestJson(result, { ...facts, files }));
}
