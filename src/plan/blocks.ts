/** A run of consecutive paths of one cell: what one worker task simulates. How a cell is cut into them changes no result. */
export interface Block {
  readonly firstPath: number;
  readonly paths: number;
}

/**
 * Steps or events in a block, over all its paths: 2 to 4 ms of work, long against the 0.2 ms of both threads that a task's messages take,
 * and short enough for progress, interrupts and an even end.
 */
export const BLOCK_WORK = 250_000;

/** Blocks of a cell above which they rather grow than become more, up to 4 BLOCK_WORK: then messages cost 2 % in place of 8 %. */
const MANY_BLOCKS = 256;

/** Steps or events in a block of a cell that has so many. */
export function blockWorkOf(cellWork: number): number {
  return Math.max(BLOCK_WORK, Math.min(4 * BLOCK_WORK, cellWork / MANY_BLOCKS));
}

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
