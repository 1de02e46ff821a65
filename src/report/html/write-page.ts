import path from 'node:path';
import { writeFileAtomic } from '../../util/atomic-write.ts';
import { pageScript } from '../../util/page-script.ts';
import type { RunTables } from '../read/run-tables.ts';
import { readStoredRun } from './read-run.ts';
import { renderPage } from './render-page.ts';

/** The page of a run, in its folder. */
export const PAGE_FILE = 'report.html';

/**
 * Writes report.html from what is in a run's folder; equal files give equal bytes.
 * @param tables as `readRunTables` reads them from the folder
 * @returns the file's name
 * @throws FileError where the folder holds no run, or cannot be written
 */
export async function writePage(folder: string, tables: RunTables): Promise<string> {
  const [run, script] = await Promise.all([readStoredRun(folder, tables), pageScript('report')]);
  const name = path.basename(path.resolve(folder));
  await writeFileAtomic(path.join(folder, PAGE_FILE), renderPage(run, script, name));
  return PAGE_FILE;
}
