/**
 * The event scheme for quotes that depend on (t, q) only: exact in continuous time. Fills come one after the other at
 * exponential times, so that the inventory path is had without any time step. Given the inventory path, the
 * mark-to-market PnL of an interval is normal, spread earned + μ∫q dt + σ√(∫q² dt)·Z, and independent over intervals: one
 * normal an interval is all that the price takes.
 */
import type { EventCell } from '../block-request.ts';
import { InventoryRangeError } from '../inventory-range-error.ts';
import type { PathColumns } from '../path-columns.ts';
import type { RejectionStream } from '../random/rejection.ts';
import { Role } from '../random/roles.ts';
import { fillWords, type Key } from '../random/threefry.ts';
import { wordsToNormals } from '../random/ziggurat.ts';
import { drawAntitheticFills, drawFills, FILLS, hazards, markWords } from './fill-draws.ts';

/** Intervals whose normals are made together. */
const SHOCKS = 256;

const shockWords = new Int32Array(SHOCKS);
const shocks = new Float64Array(SHOCKS);

/** Makes the normals of intervals first … first + count − 1 of a stream. */
function drawShocks(key: Key, first: number, count: number, rejection: RejectionStream): void {
  fillWords(key, first >> 2, rejection.path, 0, Role.price, shockWords, (count + 3) >> 2);
  wordsToNormals(shockWords, count, first, rejection, shocks);
}

/**
 * Simulates paths firstPath … firstPath + paths − 1 of one cell into their slots. Pure: the slots depend on the
 * arguments alone. Throws InventoryRangeError where an unbounded inventory leaves the quote table.
 */
export function simulateEventBlock(cell: EventCell, firstPath: number, paths: number, columns: PathColumns): void {
  const { key, T, rowEdges, meanWaits, bidShares, reach, gains, orderSize, mu, intervals, compensator, antithetic } =
    cell;
  const width = 2 * reach + 1;
  const rows = rowEdges.length - 1;
  const stops = stopsOf(rowEdges, intervals);
  const limit = cell.bounded ? reach : reach - 1;
  const hazardRejection = { key, path: 0, role: Role.arrivalWaitRejected };
  const shockRejection = { key, path: 0, role: Role.priceRejected };
  for (let path = firstPath; path < firstPath + paths; path++) {
    const stream = antithetic ? path >>> 1 : path;
    const reversed = antithetic && (path & 1) === 1;
    const volatility = (reversed ? -cell.sigma : cell.sigma) * orderSize;
    hazardRejection.path = stream;
    shockRejection.path = stream;
    if (antithetic) drawAntitheticFills(key, 0, stream, reversed);
    else drawFills(key, 0, hazardRejection);
    let lots = cell.startLots;
    let lots2 = lots * lots;
    let maxLots2 = lots2;
    let fills = 0;
    let pnl = 0;
    let peak = 0;
    let drawdown = 0;
    let sumLots = 0;
    let sumLots2 = 0;
    let intervalLots = 0;
    let intervalLots2 = 0;
    let expectedSpread = 0;
    let drawn = 0;
    let place = 0;
    let row = 0;
    // The entry of zero inventory in the row.
    let rowStart = reach;
    let interval = 0;
    let stopped = 0;
    let stop = stops[0]!;
    let intervalEnd = endOf(0, intervals, T);
    // `time` is that of the last fill or stop, `last` that of the last fill or interval end.
    let time = 0;
    let last = 0;
    // What is left of the exponential that the integral of the intensity has to use up until the next fill.
    let hazard = hazards[0]!;
    for (;;) {
      const entry = rowStart + lots;
      const meanWait = meanWaits[entry]!;
      const next = time + hazard * meanWait;
      if (next >= stop) {
        // Never 0, which times an infinite wait would not be a number.
        hazard = Math.max(1e-300, hazard - (stop - time) / meanWait);
        time = stop;
        if (stop === intervalEnd) {
          const elapsed = time - last;
          last = time;
          intervalLots += lots * elapsed;
          intervalLots2 += lots2 * elapsed;
          sumLots += intervalLots;
          sumLots2 += intervalLots2;
          if (interval % SHOCKS === 0)
            drawShocks(key, interval, Math.min(SHOCKS, intervals - interval), shockRejection);
          pnl += mu * orderSize * intervalLots + volatility * Math.sqrt(intervalLots2) * shocks[interval % SHOCKS]!;
          peak = Math.max(peak, pnl);
          drawdown = Math.max(drawdown, peak - pnl);
          if (++interval === intervals) break;
          intervalLots = 0;
          intervalLots2 = 0;
          intervalEnd = endOf(interval, intervals, T);
        }
        if (stop === rowEdges[row + 1]!) {
          row++;
          rowStart += width;
        }
        stop = stops[++stopped]!;
        continue;
      }
      time = next;
      // 0 = bid where the mark is below its share, 1 = ask: the sign bit, since no branch predictor can know the side.
      const side = (bidShares[entry]! - 1 - (markWords[place]! >>> 2)) >>> 31;
      const change = 1 - 2 * side;
      if (++place === FILLS) {
        place = 0;
        drawn += FILLS;
        if (antithetic) drawAntitheticFills(key, drawn, stream, reversed);
        else drawFills(key, drawn, hazardRejection);
      }
      hazard = hazards[place]!;
      const elapsed = time - last;
      last = time;
      intervalLots += lots * elapsed;
      intervalLots2 += lots2 * elapsed;
      pnl += gains[2 * entry + side]!;
      fills++;
      lots += change;
      lots2 = lots * lots;
      if (lots2 > maxLots2) {
        maxLots2 = lots2;
        if (lots > limit || lots < -limit) throw new InventoryRangeError(path, lots * orderSize);
      }
      if (compensator !== undefined) {
        // The compensator of the old inventory up to now, less that of the new one, linear within a row.
        const part = (time - rowEdges[row]!) / (rowEdges[row + 1]! - rowEdges[row]!);
        const low = compensator[entry]! - compensator[entry + change]!;
        const high = compensator[entry + width]! - compensator[entry + width + change]!;
        expectedSpread += low + part * (high - low);
      }
    }
    const slot = path - columns.firstPath;
    columns.pnl[slot] = pnl;
    columns.integralQ2[slot] = sumLots2 * orderSize * orderSize;
    columns.fills[slot] = fills;
    columns.finalLots[slot] = lots;
    columns.maxAbsLots[slot] = Math.sqrt(maxLots2);
    if (columns.maxDrawdown !== undefined) columns.maxDrawdown[slot] = drawdown;
    if (columns.meanEstimator !== undefined && compensator !== undefined) {
      columns.meanEstimator[slot] =
        expectedSpread + compensator[rows * width + lots + reach]! + mu * orderSize * sumLots;
    }
  }
}

/** The end of an interval of [0, T]; the last one ends at T exactly. */
function endOf(interval: number, intervals: number, T: number): number {
  return interval === intervals - 1 ? T : ((interval + 1) * T) / intervals;
}

/** Times at which the quotes change or PnL is formed, ascending, each once. */
function stopsOf(rowEdges: Float64Array, intervals: number): Float64Array {
  const T = rowEdges.at(-1)!;
  const ends = Array.from({ length: intervals }, (_, interval) => endOf(interval, intervals, T));
  return Float64Array.from(new Set([...rowEdges.subarray(1), ...ends])).sort();
}
