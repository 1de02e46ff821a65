import type { Block } from '../plan/blocks.ts';
import type { Cell } from '../plan/plan.ts';
import { type SentOutcome, simulateRanges } from '../report/shards/fold-ranges.ts';
import type { BlockExecutor } from '../simulate/executors/executor.ts';
import type { PreparedCell } from '../simulate/prepare-cell.ts';
import type { FoldThread } from './fold-thread.ts';
import type { PreparedCells } from './prepared-cells.ts';

/**
 * Simulates a range of paths of all strategies of a scenario and folds it, as a shard would; gives the bytes of a `StoredRange`. A
 * cell that fails is failed in it. Rejects where the range is not wanted any more.
 * @param prepared where cells are made ready; those of the range stay until it is done
 */
export async function simulateRange(
  cells: readonly Cell[],
  range: Block,
  executor: BlockExecutor,
  prepared: PreparedCells,
  folder: FoldThread,
  signal: AbortSignal,
): Promise<Buffer> {
  const { scenario } = cells[0]!;
  let letGo = (): void => {};
  const done = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const hold = (cell: Cell): Promise<PreparedCell> =>
    new Promise((resolve, reject) => {
      const use = (ready: PreparedCell): Promise<void> => {
        // Without its table, which is not the range's to give away.
        resolve({ ...ready, table: undefined });
        return done;
      };
      prepared.with(cell, use).catch(reject);
    });
  const outcomes: SentOutcome[] = [];
  const releases: (() => void)[] = [];
  try {
    const lent = { ...executor, capacity: executor.capacity, prepare: hold };
    await simulateRanges(cells, lent, [range], {
      signal,
      onChunk: (outcome) => {
        if (outcome.state === 'failed') return void outcomes.push(outcome);
        const { release, ...sent } = outcome;
        outcomes.push(sent);
        releases.push(release);
      },
    });
    return await folder.fold({ scenario, outcomes });
  } finally {
    for (const release of releases) release();
    letGo();
  }
}
