import type { ModelParameters } from '../config/experiment.ts';
import type { Cell } from '../plan/plan.ts';
import type { BufferPool } from './buffer-pool.ts';
import type { SolvedModel } from './grid-cache.ts';
import type { PreparedCell } from './prepare-cell.ts';
import type { PrepareCellRequest, PreparedCellReply } from './prepare-request.ts';
import { gridModelsOf, SolvedModels } from './solved-models.ts';

/** Free buffers that are offered to a preparation. */
const SPARES = 4;

/** Threads that solve models and make cells ready. */
export interface PreparationThreads {
  /** Rejects where the model has no solution in floating point. */
  solve(model: ModelParameters): Promise<SolvedModel>;
  prepare(request: PrepareCellRequest): Promise<PreparedCellReply>;
}

/** Prepares cells on other threads; each distinct model is solved once, whichever of them reads it. */
export function prepareOnThreads(threads: PreparationThreads): (cell: Cell, pool: BufferPool) => Promise<PreparedCell> {
  const models = new SolvedModels((model) => threads.solve(model));
  return async (cell, pool) => {
    const grids = await Promise.all(gridModelsOf(cell).map((model) => models.get(model)));
    const spares = pool.lend(SPARES);
    try {
      const { prepared, unused } = await threads.prepare({ cell, grids, spares });
      const isUnused = spares.map((_, i) => unused.includes(i));
      for (const spare of spares.filter((_, i) => isUnused[i])) pool.give(spare);
      pool.replace(
        spares.filter((_, i) => !isUnused[i]),
        prepared.table === undefined ? [] : [prepared.table],
      );
      return prepared;
    } catch (error) {
      pool.replace(spares, []);
      throw error;
    }
  };
}
