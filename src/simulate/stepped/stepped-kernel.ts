/**
 * The stepped scheme for quotes that depend on (t, q) only. At step i both sides fill independently at the quotes of
 * (t_i, q_i), then the mid moves by μ dt + σ√dt·shock against the new inventory. PnL is accumulated as spread earned
 * plus q dS, which equals cash + q S − initial wealth without its cancellation.
 */
import type { SteppedCell } from '../block-request.ts';
import { InventoryRangeError } from '../inventory-range-error.ts';
import { midpriceOf } from '../midprice/index.ts';
import type { PathColumns } from '../path-columns.ts';
import { Role } from '../random/roles.ts';
import { fillWords } from '../random/threefry.ts';
import { MAX_NORMALS } from '../random/ziggurat.ts';

/** Steps whose random numbers are made together: 2 × 4 KiB of words and 8 KiB of shocks stay in the first-level cache. */
const CHUNK = 1024;
if (CHUNK > MAX_NORMALS) throw new Error('a chunk of steps must fit the normals buffer');

const fillWordsOfChunk = new Int32Array(CHUNK);
const priceWords = new Int32Array(CHUNK);
const shocks = new Float64Array(CHUNK);

/**
 * Simulates paths firstPath … firstPath + paths − 1 of one cell into their slots. Pure: the slots depend on the
 * arguments alone. Throws where an unbounded inventory leaves the quote table.
 */
export function simulateSteppedBlock(cell: SteppedCell, firstPath: number, paths: number, columns: PathColumns): void {
  const { key, steps, reach, thresholds, bothFrom, gains, orderSize, expectedGain } = cell;
  const fillShocks = midpriceOf(cell.midprice).createShocks(key);
  const drift = cell.mu * cell.dt;
  const volatility = cell.sigma * Math.sqrt(cell.dt);
  const stride = cell.rows === 1 ? 0 : 2 * (2 * reach + 1);
  // A path may stand on the edge of an unbounded table only as long as nothing carries it past.
  const limit = cell.bounded ? reach : reach - 1;
  for (let path = firstPath; path < firstPath + paths; path++) {
    const stream = cell.antithetic ? path >>> 1 : path;
    const reversed = cell.antithetic && (path & 1) === 1;
    // u → u + 1/2 (mod 1): the fills of a path, at the ends of [0, 1), lie where its twin has none.
    const wordFlip = reversed ? -0x80000000 : 0;
    const scale = reversed ? -volatility : volatility;
    let lots = cell.startLots;
    let inventory = lots * orderSize;
    let lots2 = lots * lots;
    let sumLots = 0;
    let sumLots2 = 0;
    let expectedSpread = 0;
    let maxLots2 = lots2;
    let fills = 0;
    let pnl = 0;
    let peak = 0;
    let drawdown = 0;
    let row = 2 * reach;
    for (let first = 0; first < steps; first += CHUNK) {
      const count = Math.min(CHUNK, steps - first);
      const blocks = (count + 3) >> 2;
      fillWords(key, first >> 2, stream, 0, Role.fills, fillWordsOfChunk, blocks);
      fillWords(key, first >> 2, stream, 0, Role.price, priceWords, blocks);
      fillShocks(priceWords, count, first, stream, shocks);
      for (let i = 0; i < count; i++) {
        const at = row + 2 * lots;
        if (expectedGain !== undefined) expectedSpread += expectedGain[at >> 1]!;
        const word = fillWordsOfChunk[i]! ^ wordFlip;
        const bidFills = word < thresholds[at]!;
        if (bidFills || word > thresholds[at + 1]!) {
          if (bidFills) {
            pnl += gains[at]!;
            lots++;
            fills++;
          }
          if (!bidFills || word >= bothFrom[at >> 1]!) {
            pnl += gains[at + 1]!;
            lots--;
            fills++;
          }
          inventory = lots * orderSize;
          lots2 = lots * lots;
          if (lots2 > maxLots2) {
            maxLots2 = lots2;
            if (lots > limit || lots < -limit) throw new InventoryRangeError(path, lots * orderSize);
          }
        }
        sumLots += lots;
        sumLots2 += lots2;
        pnl += inventory * (drift + scale * shocks[i]!);
        peak = Math.max(peak, pnl);
        drawdown = Math.max(drawdown, peak - pnl);
        row += stride;
      }
    }
    columns.pnl[path] = pnl;
    columns.integralQ2[path] = sumLots2 * orderSize * orderSize * cell.dt;
    columns.fills[path] = fills;
    columns.finalLots[path] = lots;
    columns.maxAbsLots[path] = Math.sqrt(maxLots2);
    if (columns.maxDrawdown !== undefined) columns.maxDrawdown[path] = drawdown;
    if (columns.meanEstimator !== undefined) {
      columns.meanEstimator[path] = expectedSpread + drift * orderSize * sumLots;
    }
  }
}
