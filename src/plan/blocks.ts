/** A run of consecutive paths of one cell: what one worker task simulates. */
export interface Block {
  readonly firstPath: number;
  readonly paths: number;
}

/**
 * Steps or events in a block, over all its paths: about 4 ms of work, long against a task's round trip (under 0.1 ms) and short enough for
 * progress, interrupts and an even end. A constant, not a measurement, so that blocks never depend on the machine.
 */
const WORK = 250_000;

/** Paths in a block whose paths take so much work each; the last block of a cell may have fewer. */
export function blockSize(workOfPath: number): number {
  return Math.max(1, Math.floor(WORK / workOfPath));
}

/** Cuts 0 … paths − 1 into blocks by the work of one path; a function of the configuration alone. */
export function* blocksOf(paths: number, workOfPath: number): Generator<Block> {
  const size = blockSize(workOfPath);
  for (let firstPath = 0; firstPath < paths; firstPath += size) {
    yield { firstPath, paths: Math.min(size, paths - firstPath) };
  }
}
