import type { PathColumns } from './path-columns.ts';

/** "mmRB" in ASCII: marks a buffer as path columns. */
const MAGIC = 0x6d6d5242;
const VERSION = 1;
const HEADER_BYTES = 16;
/** Three Float64 columns, three Int32 ones. */
const BYTES_A_PATH = 3 * 8 + 3 * 4;

/** Bytes of shared memory that the columns of `paths` paths take. */
export function pathColumnsBytes(paths: number): number {
  return HEADER_BYTES + BYTES_A_PATH * paths;
}

/** Shared memory for the columns of `paths` paths, zeroed. Throws RangeError where the memory cannot be had. */
export function allocatePathColumns(paths: number): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(pathColumnsBytes(paths));
  new Uint32Array(buffer, 0, 3).set([MAGIC, VERSION, paths]);
  return buffer;
}

/** Views of the columns in shared memory, for one who writes a block or reads them all. Throws on a foreign buffer. */
export function viewPathColumns(buffer: SharedArrayBuffer): PathColumns {
  const [magic, version, count] = new Uint32Array(buffer, 0, 3);
  if (magic !== MAGIC || version !== VERSION || count === undefined || buffer.byteLength !== pathColumnsBytes(count)) {
    throw new Error(`not a path-columns buffer of version ${VERSION} (magic ${magic}, version ${version})`);
  }
  const doubles = (column: number): Float64Array => new Float64Array(buffer, HEADER_BYTES + 8 * column * count, count);
  const integers = (column: number): Int32Array =>
    new Int32Array(buffer, HEADER_BYTES + 24 * count + 4 * column * count, count);
  return {
    count,
    pnl: doubles(0),
    maxDrawdown: doubles(1),
    integralQ2: doubles(2),
    fills: integers(0),
    finalLots: integers(1),
    maxAbsLots: integers(2),
  };
}
