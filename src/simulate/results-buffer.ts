import { BufferPool } from './buffer-pool.ts';
import type { ColumnChoice, PathColumns } from './path-columns.ts';

/** "mmRB" in ASCII: marks a buffer as path columns. */
const MAGIC = 0x6d6d5242;
const VERSION = 3;
/** Magic, version, paths, flags, saturated quotes, first path. */
const HEADER_BYTES = 24;
const SATURATED = 16;
const FIRST_PATH = 20;
const HAS_DRAWDOWN = 1;
const HAS_ESTIMATOR = 2;

function flagsOf({ maxDrawdown, meanEstimator }: ColumnChoice): number {
  return (maxDrawdown ? HAS_DRAWDOWN : 0) | (meanEstimator ? HAS_ESTIMATOR : 0);
}

/** Float64 columns: two that are always there, and the flagged ones. */
function doublesOf(flags: number): number {
  return 2 + (flags & HAS_DRAWDOWN ? 1 : 0) + (flags & HAS_ESTIMATOR ? 1 : 0);
}

function bytesOf(paths: number, flags: number): number {
  return HEADER_BYTES + paths * (8 * doublesOf(flags) + 4 * 3);
}

/** Bytes of shared memory that the columns of `paths` paths take. */
export function pathColumnsBytes(paths: number, choice: ColumnChoice): number {
  return bytesOf(paths, flagsOf(choice));
}

/**
 * Shared memory for the columns of paths firstPath … firstPath + paths − 1; the slots hold anything until their paths are
 * simulated. Throws RangeError where the memory cannot be had.
 */
export function allocatePathColumns(
  paths: number,
  choice: ColumnChoice,
  pool = new BufferPool(),
  firstPath = 0,
): SharedArrayBuffer {
  const flags = flagsOf(choice);
  const buffer = pool.take(bytesOf(paths, flags));
  new Uint32Array(buffer, 0, 6).set([MAGIC, VERSION, paths, flags, 0, firstPath]);
  return buffer;
}

/** Views of the columns in shared memory, for one who writes a block or reads them all. Throws on a foreign buffer. */
export function viewPathColumns(buffer: SharedArrayBuffer): PathColumns {
  const [magic, version, count = 0, flags = 0] = new Uint32Array(buffer, 0, 4);
  if (magic !== MAGIC || version !== VERSION || buffer.byteLength < bytesOf(count, flags)) {
    throw new Error(`not a path-columns buffer of version ${VERSION} (magic ${magic}, version ${version})`);
  }
  let offset = HEADER_BYTES;
  const doubles = (): Float64Array => {
    const column = new Float64Array(buffer, offset, count);
    offset += column.byteLength;
    return column;
  };
  const integers = (): Int32Array => {
    const column = new Int32Array(buffer, offset, count);
    offset += column.byteLength;
    return column;
  };
  const [firstPath = 0] = new Uint32Array(buffer, FIRST_PATH, 1);
  return {
    firstPath,
    count,
    pnl: doubles(),
    integralQ2: doubles(),
    maxDrawdown: flags & HAS_DRAWDOWN ? doubles() : undefined,
    meanEstimator: flags & HAS_ESTIMATOR ? doubles() : undefined,
    fills: integers(),
    finalLots: integers(),
    maxAbsLots: integers(),
    saturatedQuotes: new Int32Array(buffer, SATURATED, 1),
  };
}
