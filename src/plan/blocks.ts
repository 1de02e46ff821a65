/** A run of consecutive paths of one cell: what one worker task simulates. How a cell is cut into them changes no result. */
export interface Block {
  readonly firstPath: number;
  readonly paths: number;
}

/**
 * Steps or events in a block, over all its paths: about 4 ms of work, long against a task's round trip (under 0.1 ms) and short enough for
 * progress, interrupts and an even end.
 */
export const BLOCK_WORK = 250_000;

/**
 * Paths in a block whose paths take so much work each; the last block of a cell may have fewer.
 * @param work steps or events in a block
 */
export function blockSize(workOfPath: number, work = BLOCK_WORK): number {
  return Math.max(1, Math.floor(work / workOfPath));
}

/** Cuts 0 … paths − 1 into blocks by the work of one path and that of a block. */
export function* blocksOf(paths: number, workOfPath: number, work = BLOCK_WORK): Generator<Block> {
  const size = blockSize(workOfPath, work);
  for (let firstPath = 0; firstPath < paths; firstPath += size) {
    yield { firstPath, paths: Math.min(size, paths - firstPath) };
  }
}
