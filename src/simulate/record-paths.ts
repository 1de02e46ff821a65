import type { Cell } from '../plan/plan.ts';
import { GridCache } from './grid-cache.ts';
import { prepareCell } from './prepare-cell.ts';
import { Recorder, type Trajectory } from './walk/recorder.ts';
import { walkPath } from './walk/walk-path.ts';
import { createWalker } from './walk/walker.ts';

/**
 * Walks along paths firstPath … firstPath + paths − 1 of a cell again and gives each of them whole. They are, to the last
 * digit, the paths that the cell's statistics are made of, since both walk by the same code from the same streams.
 * @param cell one of a scenario with `pathwise: true`; the tabulated kernels keep no path
 * @throws RangeError for another cell, PathError for a path that fails, SolveError as `prepareCell`
 */
export async function* recordPaths(
  cell: Cell,
  paths: number,
  { firstPath = 0, grids = new GridCache() }: { readonly firstPath?: number; readonly grids?: GridCache } = {},
): AsyncGenerator<Trajectory> {
  const { request } = prepareCell(cell, grids);
  if (request.scheme !== 'walk') {
    throw new RangeError(`paths of ${cell.strategy.name} cannot be recorded: its scenario is not walked path by path`);
  }
  const { simulator } = cell.scenario;
  const walker = await createWalker(request);
  for (let path = firstPath; path < firstPath + paths; path++) {
    const recorder = new Recorder(simulator.q0 * simulator.S0);
    walkPath(walker, path, recorder);
    yield recorder;
  }
}
