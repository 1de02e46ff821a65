import type { ModelParameters } from '../config/experiment.ts';
import { type HjbGrid, solveHjb } from '../solve/hjb-grid.ts';
import { type BoundShares, boundShares } from '../solve/quote-bounds.ts';

/** A grid and how often its bounds bind, kept for the next cell with the same model. */
export interface SolvedModel {
  readonly grid: HjbGrid;
  readonly bounds: BoundShares;
}

/** Grids are dropped, oldest first, once they hold more than this together; a fine grid can take 100 MB. */
const CACHE_BYTES = 256 * 2 ** 20;

/** Solves each distinct model once. */
export class GridCache {
  readonly #solved = new Map<string, SolvedModel>();
  #bytes = 0;

  solve(model: ModelParameters): SolvedModel {
    const key = JSON.stringify(model);
    const known = this.#solved.get(key);
    if (known !== undefined) return known;
    const grid = solveHjb(model);
    const solved = { grid, bounds: boundShares(grid) };
    for (const [oldest, { grid: dropped }] of this.#solved) {
      if (this.#bytes + grid.buffer.byteLength <= CACHE_BYTES) break;
      this.#solved.delete(oldest);
      this.#bytes -= dropped.buffer.byteLength;
    }
    this.#solved.set(key, solved);
    this.#bytes += grid.buffer.byteLength;
    return solved;
  }
}
