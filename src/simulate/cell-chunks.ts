import type { StatisticsMode } from '../config/experiment.ts';
import type { Block } from '../plan/blocks.ts';
import type { Cell, PlannedScenario } from '../plan/plan.ts';
import { mostPaths } from '../plan/precision.ts';
import { CHUNK_PATHS, PILOT_PATHS, statisticsModeOf } from './memory-estimate.ts';

/** Consecutive paths of one cell that are in memory together: all of them, or a part where statistics are sketched. */
export interface CellChunk {
  readonly cell: Cell;
  readonly firstPath: number;
  readonly paths: number;
  /** True for the one that ends with the cell's last path. */
  readonly last: boolean;
  readonly statistics: StatisticsMode;
  /** True for the first paths of a cell where they are simulated for its pilot alone. */
  readonly isPilot?: boolean;
}

/** The parts of a scenario that are simulated. */
export interface ChosenPaths {
  /** In ascending order; their ends are those of blocks, in sketch mode of chunks. */
  readonly ranges: readonly Block[];
  /** True where the cells' first paths are to be simulated too, where they are in no range. */
  readonly pilots: boolean;
}

/** Paths in a chunk of a scenario's cells; the last one may have fewer. */
export function chunkSize(scenario: PlannedScenario, statistics: StatisticsMode): number {
  return statistics === 'exact' ? mostPaths(scenario) : CHUNK_PATHS;
}

/**
 * The chunks of a run in the order in which they are simulated: scenario by scenario, within it range of paths by range, and
 * within that strategy by strategy, so that the strategies' chunks of the same paths can be compared.
 * @param choose the paths of a scenario, one at least; all of them without it
 */
export function* cellChunks(
  cells: readonly Cell[],
  choose: (scenario: PlannedScenario) => ChosenPaths = ({ paths }) => ({
    ranges: [{ firstPath: 0, paths }],
    pilots: false,
  }),
): Generator<CellChunk> {
  for (let first = 0; first < cells.length; ) {
    const { scenario } = cells[first]!;
    let end = first;
    while (cells[end]?.scenario === scenario) end++;
    const group = cells.slice(first, end);
    const statistics = statisticsModeOf(scenario);
    const { ranges, pilots } = choose(scenario);
    if (pilots && ranges[0]?.firstPath !== 0) {
      const paths = Math.min(PILOT_PATHS, scenario.paths);
      for (const cell of group) yield { cell, firstPath: 0, paths, last: false, statistics, isPilot: true };
    }
    const size = chunkSize(scenario, statistics);
    for (const range of ranges) {
      const rangeEnd = range.firstPath + range.paths;
      for (let firstPath = range.firstPath; firstPath < rangeEnd; firstPath += size) {
        const paths = Math.min(size, rangeEnd - firstPath);
        const last = range === ranges.at(-1) && firstPath + paths === rangeEnd;
        for (const cell of group) yield { cell, firstPath, paths, last, statistics };
      }
    }
    first = end;
  }
}
