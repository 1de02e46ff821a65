import { existsSync } from 'node:fs';
import path from 'node:path';
import { type CsvRow, csvRows } from '../read/csv-rows.ts';
import type { RunTables } from '../read/run-tables.ts';
import { type Manifest, readManifest } from './read-manifest.ts';

/** What a page is made of. */
export interface StoredRun {
  readonly tables: RunTables;
  /** Rows of best.csv, thresholds.csv and choice.csv; empty where the folder has none. */
  readonly best: readonly CsvRow[];
  readonly thresholds: readonly CsvRow[];
  readonly choice: readonly CsvRow[];
  /** undefined where the folder has none: the CSVs alone make a page too. */
  readonly manifest: Manifest | undefined;
}

/**
 * Reads what a run's folder holds beside its tables.
 * @throws FileError where a file is not what a run writes
 */
export async function readStoredRun(folder: string, tables: RunTables): Promise<StoredRun> {
  const place = (name: string): string => path.join(folder, name);
  const rowsOf = async (name: string, columns: readonly string[]): Promise<CsvRow[]> => {
    const rows: CsvRow[] = [];
    if (existsSync(place(name))) for await (const row of csvRows(place(name), columns)) rows.push(row);
    return rows;
  };
  return {
    tables,
    best: await rowsOf('best.csv', ['scenario', 'best', 'runner_up', 'difference', 'se', 'confidence', 'verdict']),
    thresholds: await rowsOf('thresholds.csv', ['expression', 'scenario', 'strategy', 'actual', 'se', 'status']),
    choice: await rowsOf('choice.csv', ['scenario', 'strategy', 'objective', 'se', 'status']),
    manifest: existsSync(place('manifest.json')) ? await readManifest(place('manifest.json')) : undefined,
  };
}
