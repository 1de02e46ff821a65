/**
 * The event scheme for quotes that depend on (t, q) only: exact in continuous time. Market orders arrive as a Poisson
 * process of rate A a side and reach a depth Exp(k); each either fills the quote in place or not, so that the inventory
 * path is had without any time step. Given the inventory path, the mark-to-market PnL of an interval is normal,
 * spread earned + μ∫q dt + σ√(∫q² dt)·Z, and independent over intervals: one normal an interval is all the price it takes.
 */
import type { EventCell } from '../block-request.ts';
import { InventoryRangeError } from '../inventory-range-error.ts';
import type { PathColumns } from '../path-columns.ts';
import { wordsToExponentials } from '../random/exponential.ts';
import { Role } from '../random/roles.ts';
import { fillWords, type Key } from '../random/threefry.ts';
import { type RejectionStream, wordsToNormals } from '../random/ziggurat.ts';
import { ThroughMidOrders } from './through-mid-orders.ts';

/** Orders whose random numbers are made together; short, since on average half a chunk is left over. */
const ORDERS = 64;
/** Intervals whose normals are made together. */
const SHOCKS = 256;

const words = new Int32Array(SHOCKS);
const marks = new Int32Array(ORDERS);
const waits = new Float64Array(ORDERS);
const shocks = new Float64Array(SHOCKS);

/** Makes the waits and marks of orders first … first + ORDERS − 1 of a stream. */
function drawOrders(key: Key, first: number, rejection: RejectionStream): void {
  fillWords(key, first >> 2, rejection.path, 0, Role.arrivalWait, words, ORDERS / 4);
  wordsToExponentials(words, ORDERS, first, rejection, waits);
  fillWords(key, first >> 2, rejection.path, 0, Role.arrivalMark, marks, ORDERS / 4);
}

/** Makes the normals of intervals first … first + count − 1 of a stream. */
function drawShocks(key: Key, first: number, count: number, rejection: RejectionStream): void {
  fillWords(key, first >> 2, rejection.path, 0, Role.price, words, (count + 3) >> 2);
  wordsToNormals(words, count, first, rejection, shocks);
}

/**
 * Simulates paths firstPath … firstPath + paths − 1 of one cell into their slots. Pure: the slots depend on the
 * arguments alone. Throws InventoryRangeError where an unbounded inventory leaves the quote table.
 */
export function simulateEventBlock(cell: EventCell, firstPath: number, paths: number, columns: PathColumns): void {
  const { key, T, rows, reach, thresholds, gains, orderSize, intervals, compensator, mu } = cell;
  const width = 2 * reach + 1;
  const meanWait = 1 / (2 * cell.A);
  // The factor keeps every t < T below row `rows` in spite of rounding.
  const rowsPerTime = (rows / T) * (1 - 4 * Number.EPSILON);
  const limit = cell.bounded ? reach : reach - 1;
  const waitRejection = { key, path: 0, role: Role.arrivalWaitRejected };
  const shockRejection = { key, path: 0, role: Role.priceRejected };
  const throughMid = new ThroughMidOrders(cell);
  for (let path = firstPath; path < firstPath + paths; path++) {
    const stream = cell.antithetic ? path >>> 1 : path;
    const reversed = cell.antithetic && (path & 1) === 1;
    // Reverses the 31 bits that decide whether an order fills, not the one that says on which side.
    const markFlip = reversed ? 0x7fffffff : 0;
    const volatility = (reversed ? -cell.sigma : cell.sigma) * orderSize;
    waitRejection.path = stream;
    shockRejection.path = stream;
    drawOrders(key, 0, waitRejection);
    let lots = cell.startLots;
    let lots2 = lots * lots;
    let maxLots2 = lots2;
    let fills = 0;
    let pnl = 0;
    let peak = 0;
    let drawdown = 0;
    let sumLots = 0;
    let sumLots2 = 0;
    let expectedSpread = 0;
    let order = 0;
    let place = 0;
    let last = 0;
    let arrival = waits[0]! * meanWait;
    let through = throughMid.start(stream, lots);
    for (let interval = 0; interval < intervals; interval++) {
      if (interval % SHOCKS === 0) drawShocks(key, interval, Math.min(SHOCKS, intervals - interval), shockRejection);
      const end = interval === intervals - 1 ? T : ((interval + 1) * T) / intervals;
      let intervalLots = 0;
      let intervalLots2 = 0;
      for (;;) {
        let time: number;
        let entry: number;
        let at: number;
        if (arrival < through) {
          if (arrival >= end) break;
          time = arrival;
          entry = ((time * rowsPerTime) | 0) * width + lots + reach;
          const word = marks[place]! ^ markFlip;
          at = 2 * entry + (word >>> 31);
          const filled = (word & 0x7fffffff) < thresholds[at]!;
          if (++place === ORDERS) {
            order += ORDERS;
            place = 0;
            drawOrders(key, order, waitRejection);
          }
          arrival += waits[place]! * meanWait;
          if (!filled) continue;
        } else {
          if (through >= end) break;
          time = through;
          entry = ((time * rowsPerTime) | 0) * width + lots + reach;
          at = throughMid.fills(entry);
          if (at < 0) {
            through = throughMid.next(time, lots);
            continue;
          }
        }
        const change = (at & 1) === 0 ? 1 : -1;
        const elapsed = time - last;
        last = time;
        intervalLots += lots * elapsed;
        intervalLots2 += lots2 * elapsed;
        pnl += gains[at]!;
        fills++;
        lots += change;
        lots2 = lots * lots;
        if (lots2 > maxLots2) {
          maxLots2 = lots2;
          if (lots > limit || lots < -limit) throw new InventoryRangeError(path, lots * orderSize);
        }
        if (throughMid.active) through = throughMid.next(time, lots);
        if (compensator !== undefined) {
          // The compensator of the old inventory up to now, less that of the new one, linear within a row.
          const part = (time * rows) / T - ((time * rowsPerTime) | 0);
          const low = compensator[entry]! - compensator[entry + change]!;
          const high = compensator[entry + width]! - compensator[entry + width + change]!;
          expectedSpread += low + part * (high - low);
        }
      }
      const elapsed = end - last;
      last = end;
      intervalLots += lots * elapsed;
      intervalLots2 += lots2 * elapsed;
      sumLots += intervalLots;
      sumLots2 += intervalLots2;
      pnl += mu * orderSize * intervalLots + volatility * Math.sqrt(intervalLots2) * shocks[interval % SHOCKS]!;
      peak = Math.max(peak, pnl);
      drawdown = Math.max(drawdown, peak - pnl);
    }
    columns.pnl[path] = pnl;
    columns.integralQ2[path] = sumLots2 * orderSize * orderSize;
    columns.fills[path] = fills;
    columns.finalLots[path] = lots;
    columns.maxAbsLots[path] = Math.sqrt(maxLots2);
    if (columns.maxDrawdown !== undefined) columns.maxDrawdown[path] = drawdown;
    if (columns.meanEstimator !== undefined && compensator !== undefined) {
      columns.meanEstimator[path] =
        expectedSpread + compensator[rows * width + lots + reach]! + mu * orderSize * sumLots;
    }
  }
}
