import { BufferPool } from './buffer-pool.ts';
import type { ColumnChoice, PathColumns } from './path-columns.ts';

/** "mmRB" in ASCII: marks a buffer as path columns. */
const MAGIC = 0x6d6d5242;
const VERSION = 5;
/** Magic, version, paths, flags, saturated quotes, first path. */
const HEADER_BYTES = 24;
const SATURATED = 16;
const FIRST_PATH = 20;
const HAS_DRAWDOWN = 1;
const HAS_ESTIMATOR = 2;
const HAS_GAINS = 4;
const HAS_BOUND_TIME = 8;
/** The bits above the flags hold the number of assets, 0 without a portfolio. */
const ASSETS_SHIFT = 8;

function flagsOf({ maxDrawdown, meanEstimator, fillGains, boundTime, assets = 0 }: ColumnChoice): number {
  const optional =
    (maxDrawdown ? HAS_DRAWDOWN : 0) |
    (meanEstimator ? HAS_ESTIMATOR : 0) |
    (fillGains === true ? HAS_GAINS : 0) |
    (boundTime === true ? HAS_BOUND_TIME : 0);
  return optional | (assets << ASSETS_SHIFT);
}

/** Float64 columns: two that are always there, the flagged ones, and two inventories and two for each asset of a portfolio. */
function doublesOf(flags: number): number {
  const assets = flags >> ASSETS_SHIFT;
  const portfolio = assets > 0 ? 2 + 2 * assets : 0;
  const optional = [HAS_DRAWDOWN, HAS_ESTIMATOR, HAS_GAINS, HAS_BOUND_TIME].filter((flag) => (flags & flag) !== 0);
  return 2 + optional.length + portfolio;
}

/** Int32 columns: fills and inventories, of each asset in a portfolio. */
function integersOf(flags: number): number {
  const assets = flags >> ASSETS_SHIFT;
  return assets > 0 ? 1 + 3 * assets : 3;
}

function bytesOf(paths: number, flags: number): number {
  return HEADER_BYTES + paths * (8 * doublesOf(flags) + 4 * integersOf(flags));
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

/** Where the columns of path-columns memory lie: byte offsets of their slot 0, bytes of a slot, and their number of slots. */
export interface ColumnLayout {
  readonly count: number;
  readonly columns: readonly { readonly offset: number; readonly slotBytes: number }[];
}

/** The layout by the buffer's own header. Throws on a foreign buffer. */
export function layoutOf(buffer: SharedArrayBuffer): ColumnLayout {
  const { count } = viewPathColumns(buffer);
  const [flags = 0] = new Uint32Array(buffer, 12, 1);
  const sizes = [...Array<number>(doublesOf(flags)).fill(8), ...Array<number>(integersOf(flags)).fill(4)];
  let offset = HEADER_BYTES;
  const columns = sizes.map((slotBytes) => {
    const column = { offset, slotBytes };
    offset += slotBytes * count;
    return column;
  });
  return { count, columns };
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
  const assetCount = flags >> ASSETS_SHIFT;
  // Doubles first, so that they are aligned.
  const pnl = doubles();
  const integralQ2 = doubles();
  const maxDrawdown = flags & HAS_DRAWDOWN ? doubles() : undefined;
  const meanEstimator = flags & HAS_ESTIMATOR ? doubles() : undefined;
  const fillGains = flags & HAS_GAINS ? doubles() : undefined;
  const boundTime = flags & HAS_BOUND_TIME ? doubles() : undefined;
  const inventories = assetCount > 0 ? { finalLots: doubles(), maxAbsLots: doubles() } : undefined;
  const assetDoubles = Array.from({ length: assetCount }, () => ({ pnl: doubles(), integralQ2: doubles() }));
  const fills = integers();
  const { finalLots, maxAbsLots } = inventories ?? { finalLots: integers(), maxAbsLots: integers() };
  const assets = assetDoubles.map((own): PathColumns => {
    const counts = { fills: integers(), finalLots: integers(), maxAbsLots: integers() };
    return { firstPath, count, ...own, ...counts };
  });
  return {
    firstPath,
    count,
    pnl,
    integralQ2,
    maxDrawdown,
    meanEstimator,
    fillGains,
    boundTime,
    fills,
    finalLots,
    maxAbsLots,
    assets: assetCount > 0 ? assets : undefined,
    saturatedQuotes: new Int32Array(buffer, SATURATED, 1),
  };
}
