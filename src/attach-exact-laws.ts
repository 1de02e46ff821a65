/** Exact laws as data of a run, for its pictures. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { RunResult } from './aggregate/results.ts';
import { exactDensity } from './exact/exact-density.ts';
import { inventoryLaw } from './exact/inventory-law.ts';
import { NoExactLawError } from './exact/no-exact-law-error.ts';
import type { Cell } from './plan/plan.ts';
import { type CellDensity, densityCsv } from './report/density-csv.ts';
import { type CellInventory, inventoryCsv } from './report/inventory-csv.ts';
import { MOST_PANELS } from './report/plots/panels.ts';
import { GridCache } from './simulate/grid-cache.ts';
import { writeFileAtomic } from './util/atomic-write.ts';

/** Finer than a picture shows; where few fills leave kinks in a density, it is good to some 1 % of its peak. */
const SAMPLING = { negligible: 1e-6, mostTerms: 1024 };

/**
 * Writes inventory.csv, and density.csv where paths.csv has histograms to lay it over: the exact laws of the cells that have
 * one, as far as the pictures show scenarios.
 * @param tell is called with what went wrong with a cell; the others go on
 * @throws FileError where a file cannot be written
 */
export async function attachExactLaws(
  folder: string,
  { plan, scenarios }: RunResult,
  tell: (message: string) => void,
): Promise<void> {
  const grids = new GridCache();
  const solve = (model: Parameters<GridCache['solve']>[0]) => grids.solve(model).grid;
  const hasHistograms = existsSync(path.join(folder, 'paths.csv'));
  const densities: CellDensity[] = [];
  const inventories: CellInventory[] = [];
  const find = (cell: Cell, what: string, compute: () => void): void => {
    try {
      compute();
    } catch (error) {
      if (error instanceof NoExactLawError) return;
      tell(`${cell.strategy.name}: no exact ${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  for (const cell of plan.cells) {
    const { index } = cell.scenario;
    const strategy = cell.strategy.name;
    const row = scenarios[index]?.strategies.find((one) => one.strategy === strategy);
    if (index >= MOST_PANELS || row?.state !== 'done') continue;
    find(cell, 'law of the inventory', () => {
      const law = inventoryLaw(cell, { solve });
      inventories.push({ scenario: index, strategy, ...law, inventories: [...law.inventories] });
    });
    if (!hasHistograms) continue;
    find(cell, 'density', () => {
      const { x, density } = exactDensity(cell, { solve, sampling: SAMPLING });
      densities.push({ scenario: index, strategy, x, density });
    });
  }
  if (inventories.length > 0) await writeFileAtomic(path.join(folder, 'inventory.csv'), inventoryCsv(inventories));
  if (densities.length > 0) await writeFileAtomic(path.join(folder, 'density.csv'), densityCsv(densities));
}
