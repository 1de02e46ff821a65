/** Exact densities as data of a run, for its pictures. */
import path from 'node:path';
import type { RunResult } from './aggregate/results.ts';
import { exactDensity } from './exact/exact-density.ts';
import { NoExactLawError } from './exact/no-exact-law-error.ts';
import { type CellDensity, densityCsv } from './report/density-csv.ts';
import { MOST_PANELS } from './report/plots/panels.ts';
import { GridCache } from './simulate/grid-cache.ts';
import { writeFileAtomic } from './util/atomic-write.ts';

/**
 * Writes density.csv: the exact density of each cell that has one, as far as the pictures show scenarios. Gives its path, or
 * nothing where no cell has one.
 * @param tell is called with what went wrong with a cell; the others go on
 * @throws FileError where the file cannot be written
 */
export async function attachDensities(
  folder: string,
  { plan, scenarios }: RunResult,
  tell: (message: string) => void,
): Promise<string[]> {
  const grids = new GridCache();
  const found: CellDensity[] = [];
  for (const cell of plan.cells) {
    const { scenario, strategy } = cell;
    const row = scenarios[scenario.index]?.strategies.find((one) => one.strategy === strategy.name);
    if (scenario.index >= MOST_PANELS || row?.state !== 'done') continue;
    try {
      const { x, density } = exactDensity(cell, { solve: (model) => grids.solve(model).grid });
      found.push({ scenario: scenario.index, strategy: strategy.name, x, density });
    } catch (error) {
      if (error instanceof NoExactLawError) continue;
      tell(`${strategy.name}: no exact density: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (found.length === 0) return [];
  const file = path.join(folder, 'density.csv');
  await writeFileAtomic(file, densityCsv(found));
  return [file];
}
