import type { ModelParameters } from '../config/experiment.ts';
import { type HjbGrid, solveHjb } from '../solve/hjb-grid.ts';
import { type JointHjbGrid, solveJointHjb } from '../solve/joint/joint-hjb.ts';
import { type BoundShares, boundShares } from '../solve/quote-bounds.ts';

/** A grid and how often its bounds bind, kept for the next cell with the same model. */
export interface SolvedModel {
  readonly model: ModelParameters;
  readonly grid: HjbGrid;
  readonly bounds: BoundShares;
}

/** Grids are dropped, oldest first, once they hold more than this together; a fine grid can take 100 MB. */
export const CACHE_BYTES = 256 * 2 ** 20;

/** Equal for equal models. */
export function modelKey(model: ModelParameters): string {
  return JSON.stringify(model);
}

export function solveModel(model: ModelParameters): SolvedModel {
  const grid = solveHjb(model);
  return { model, grid, bounds: boundShares(grid) };
}

/** Solves each distinct model once. */
export class GridCache {
  readonly #solved = new Map<string, SolvedModel>();
  readonly #joint = new Map<string, JointHjbGrid>();
  #bytes = 0;
  #jointBytes = 0;
  readonly #mostBytes: number;

  /** @param mostBytes of each kind of grid */
  constructor(mostBytes = CACHE_BYTES) {
    this.#mostBytes = mostBytes;
  }

  solve(model: ModelParameters): SolvedModel {
    const key = modelKey(model);
    const known = this.#solved.get(key);
    if (known !== undefined) return known;
    const solved = solveModel(model);
    this.#keep(key, solved);
    return solved;
  }

  /** The joint grid of two assets. */
  solveJoint(models: readonly [ModelParameters, ModelParameters], correlation: number): JointHjbGrid {
    const key = JSON.stringify([models, correlation]);
    const known = this.#joint.get(key);
    if (known !== undefined) return known;
    const grid = solveJointHjb(models, correlation);
    for (const [oldest, { buffer }] of this.#joint) {
      if (this.#jointBytes + grid.buffer.byteLength <= this.#mostBytes) break;
      this.#joint.delete(oldest);
      this.#jointBytes -= buffer.byteLength;
    }
    this.#joint.set(key, grid);
    this.#jointBytes += grid.buffer.byteLength;
    return grid;
  }

  /** Keeps what was solved elsewhere. */
  add(solved: SolvedModel): void {
    const key = modelKey(solved.model);
    if (!this.#solved.has(key)) this.#keep(key, solved);
  }

  #keep(key: string, solved: SolvedModel): void {
    const { grid } = solved;
    for (const [oldest, { grid: dropped }] of this.#solved) {
      if (this.#bytes + grid.buffer.byteLength <= this.#mostBytes) break;
      this.#solved.delete(oldest);
      this.#bytes -= dropped.buffer.byteLength;
    }
    this.#solved.set(key, solved);
    this.#bytes += grid.buffer.byteLength;
  }
}
