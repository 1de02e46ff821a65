import type { StatisticsMode } from '../config/experiment.ts';
import type { Cell, PlannedScenario } from '../plan/plan.ts';
import { mostPaths } from '../plan/precision.ts';
import { CHUNK_PATHS, statisticsModeOf } from './memory-estimate.ts';

/** Consecutive paths of one cell that are in memory together: all of them, or a part where statistics are sketched. */
export interface CellChunk {
  readonly cell: Cell;
  readonly firstPath: number;
  readonly paths: number;
  /** True for the one that ends with the cell's last path. */
  readonly last: boolean;
  readonly statistics: StatisticsMode;
}

/** Paths in a chunk of a scenario's cells; the last one may have fewer. */
export function chunkSize(scenario: PlannedScenario, statistics: StatisticsMode): number {
  return statistics === 'exact' ? mostPaths(scenario) : CHUNK_PATHS;
}

/**
 * The chunks of a run in the order in which they are simulated: scenario by scenario, within it range of paths by range, and
 * within that strategy by strategy, so that the strategies' chunks of the same paths can be compared.
 */
export function* cellChunks(cells: readonly Cell[]): Generator<CellChunk> {
  for (let first = 0; first < cells.length; ) {
    const { scenario } = cells[first]!;
    let end = first;
    while (cells[end]?.scenario === scenario) end++;
    const statistics = statisticsModeOf(scenario);
    const size = chunkSize(scenario, statistics);
    for (let firstPath = 0; firstPath < scenario.paths; firstPath += size) {
      const paths = Math.min(size, scenario.paths - firstPath);
      const last = firstPath + paths === scenario.paths;
      for (let at = first; at < end; at++) yield { cell: cells[at]!, firstPath, paths, last, statistics };
    }
    first = end;
  }
}
