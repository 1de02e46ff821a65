import { isNumber, layoutSweep } from '../plots/sweep-points.ts';
import type { RunTables } from '../read/run-tables.ts';
import type { PageAxis } from './page-data.ts';

/** Share of all combinations from which each axis gets a slider of its own. */
const GRID_SHARE = 0.5;

/** The swept paths with their values. */
export function pageAxes({ cells, sweptPaths }: RunTables): PageAxis[] {
  return sweptPaths.map((path) => {
    const distinct = [...new Set(cells.map(({ point }) => point[path] ?? ''))];
    const numeric = distinct.every(isNumber);
    const { continuous, logarithmic } = layoutSweep(cells, [path]);
    const values = numeric ? distinct.toSorted((a, b) => Number(a) - Number(b)) : distinct;
    return { path, values, continuous, logarithmic };
  });
}

/** Whether scenarios are (nearly) all combinations, as in a grid; not so where they were sampled or zipped. */
export function isGrid(axes: readonly PageAxis[], scenarios: number): boolean {
  const combinations = axes.reduce((product, { values }) => product * values.length, 1);
  return scenarios >= GRID_SHARE * combinations;
}
