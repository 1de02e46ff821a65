import type { Cell } from '../plan/plan.ts';
import { GridCache } from '../simulate/grid-cache.ts';
import { prepareCell } from '../simulate/prepare-cell.ts';
import { createWalker } from '../simulate/walk/walker.ts';
import { type SimulationResult, simulatePath } from './simulate-path.ts';

/**
 * Walks again along one path of a run, to the last digit: all that its scenario's strategies decide together, such as
 * `through_mid`, is as it was.
 * @param cell `plan.cells[i]`; its scenario is walked path by path, since it has a `custom` or `random` strategy, or a market
 *   beyond Brownian prices and Poisson orders
 * @param path the number behind the slash of a seed key
 * @throws RangeError for a cell that is not walked, or of several assets; PathError where the path fails again
 */
export async function replayPath(cell: Cell, path: number): Promise<SimulationResult> {
  if (!(Number.isInteger(path) && path >= 0 && path < 2 ** 32)) {
    throw new RangeError(`path: expected an integer from 0 on, got ${path}`);
  }
  const { request } = prepareCell(cell, new GridCache());
  if (request.scheme !== 'walk') {
    const reason = request.scheme === 'portfolio' ? 'it has several assets' : 'its scenario is not walked path by path';
    throw new RangeError(`a path of ${cell.strategy.name} cannot be replayed: ${reason}`);
  }
  return simulatePath(await createWalker(request), path, true);
}
