/**
 * The stepped scheme for quotes that depend on (t, q) only. At step i both sides fill independently at the quotes of
 * (t_i, q_i), then the mid moves by μ dt + σ√dt·shock against the new inventory. PnL is accumulated as spread earned
 * plus q dS, which equals cash + q S − initial wealth without its cancellation.
 */
import type { SteppedCell } from '../block-request.ts';
import { InventoryRangeError } from '../inventory-range-error.ts';
import { shocksOf } from '../midprice/index.ts';
import type { PathColumns } from '../path-columns.ts';
import { Role } from '../random/roles.ts';
import { fillWords } from '../random/threefry.ts';
import { MAX_NORMALS } from '../random/ziggurat.ts';

/** Steps whose random numbers are made together: 2 × 4 KiB of words and 8 KiB of shocks stay in the first-level cache. */
const CHUNK = 1024;
if (CHUNK > MAX_NORMALS) throw new Error('a chunk of steps must fit the normals buffer');

const fillDraws = new Int32Array(CHUNK);
const priceWords = new Int32Array(CHUNK);
const shocks = new Float64Array(CHUNK);

/** u → u + 1/2 (mod 1): the fills of a path, at the ends of [0, 1), lie where its antithetic twin has none. */
function reverseFills(count: number): void {
  for (let i = 0; i < count; i++) fillDraws[i] = fillDraws[i]! ^ -0x80000000;
}

/**
 * Simulates paths firstPath … firstPath + paths − 1 of one cell into their slots. Pure: the slots depend on the
 * arguments alone. Throws where an unbounded inventory leaves the quote table.
 */
export function simulateSteppedBlock(cell: SteppedCell, firstPath: number, paths: number, columns: PathColumns): void {
  const { key, steps, reach, thresholds, bothFrom, gains, bothGain, orderSize, expectedGain } = cell;
  const fillShocks = shocksOf(cell.midprice, key);
  const drift = cell.mu * cell.dt;
  const volatility = cell.sigma * Math.sqrt(cell.dt);
  const stride = cell.rows === 1 ? 0 : 2 * (2 * reach + 1);
  // A path may stand on the edge of an unbounded table only as long as nothing carries it past.
  const limit = cell.bounded ? reach : reach - 1;
  for (let path = firstPath; path < firstPath + paths; path++) {
    const stream = cell.antithetic ? path >>> 1 : path;
    const reversed = cell.antithetic && (path & 1) === 1;
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
    let last = 0;
    let below = 0;
    let drawdown = 0;
    // Twice the entry of (step, lots): the bid's place in the tables, the ask's is the next one.
    let at = 2 * (lots + reach);
    for (let first = 0; first < steps; first += CHUNK) {
      const count = Math.min(CHUNK, steps - first);
      const blocks = (count + 3) >> 2;
      fillWords(key, first >> 2, stream, 0, Role.fills, fillDraws, blocks);
      if (reversed) reverseFills(count);
      fillWords(key, first >> 2, stream, 0, Role.price, priceWords, blocks);
      fillShocks(priceWords, count, first, stream, shocks);
      for (let i = 0; i < count; i++) {
        if (expectedGain !== undefined) {
          expectedSpread += expectedGain[at >> 1]!;
          sumLots += lots;
        }
        const word = fillDraws[i]!;
        const bidFills = word < thresholds[at]!;
        if (bidFills || word > thresholds[at + 1]!) {
          let change = -1;
          if (bidFills) {
            change = 1;
            fills++;
            pnl += gains[at]!;
            if (word >= bothFrom[at >> 1]!) {
              change = 0;
              fills++;
              pnl += gains[at + 1]! + bothGain;
            }
          } else {
            fills++;
            pnl += gains[at + 1]!;
          }
          lots += change;
          at += 2 * change;
          inventory = lots * orderSize;
          lots2 = lots * lots;
          if (lots2 > maxLots2) {
            maxLots2 = lots2;
            if (lots > limit || lots < -limit) throw new InventoryRangeError(path, lots * orderSize);
          }
        }
        sumLots2 += lots2;
        pnl += inventory * (drift + scale * shocks[i]!);
        // below = max(0, below − change): how far PnL is below its running maximum, without a branch on the unpredictable.
        below -= pnl - last;
        last = pnl;
        below = 0.5 * (below + Math.abs(below));
        if (below > drawdown) drawdown = below;
        at += stride;
      }
    }
    const slot = path - columns.firstPath;
    columns.pnl[slot] = pnl;
    columns.integralQ2[slot] = sumLots2 * orderSize * orderSize * cell.dt;
    columns.fills[slot] = fills;
    columns.finalLots[slot] = lots;
    columns.maxAbsLots[slot] = Math.sqrt(maxLots2);
    if (columns.maxDrawdown !== undefined) columns.maxDrawdown[slot] = drawdown;
    if (columns.meanEstimator !== undefined) {
      columns.meanEstimator[slot] = expectedSpread + drift * orderSize * sumLots;
    }
  }
}
