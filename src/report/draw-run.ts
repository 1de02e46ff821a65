import path from 'node:path';
import { writeFileAtomic } from '../util/atomic-write.ts';
import { removePictures } from './plots/pictures.ts';
import { type ChartFormat, type ChartSpec, renderChart } from './plots/render-chart.ts';
import { runCharts } from './plots/run-charts.ts';
import type { RunTables } from './read/run-tables.ts';

export interface Drawn {
  /** File names, in the run's folder. */
  readonly files: readonly string[];
  /** What could not be drawn and why. */
  readonly notes: readonly string[];
}

/**
 * Draws a run from the tables in its folder, into that folder; pictures of an earlier drawing go. Equal tables give equal bytes.
 * @throws FileError where the folder cannot be written
 */
export async function drawRun(folder: string, tables: RunTables, format: ChartFormat): Promise<Drawn> {
  const { charts, notes } = runCharts(tables);
  await removePictures(folder);
  return { files: await writeCharts(folder, charts, format), notes };
}

/** Renders charts into a folder; gives the names of the files. */
export async function writeCharts(
  folder: string,
  charts: readonly { readonly name: string; readonly spec: ChartSpec }[],
  format: ChartFormat,
): Promise<string[]> {
  const files: string[] = [];
  for (const { name, spec } of charts) {
    const file = `${name}.${format}`;
    await writeFileAtomic(path.join(folder, file), await renderChart(spec, { format }));
    files.push(file);
  }
  return files;
}
