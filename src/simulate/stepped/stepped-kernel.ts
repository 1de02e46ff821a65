/**
 * The stepped scheme for quotes that depend on (t, q) only. At step i both sides fill independently at the quotes of
 * (t_i, q_i), then the mid moves by μ dt + σ√dt·shock against the new inventory. PnL is accumulated as spread earned
 * plus q dS, which equals cash + q S − initial wealth without its cancellation.
 */
import type { SteppedCell } from '../block-request.ts';
import { InventoryRangeError } from '../inventory-range-error.ts';
import { shocksOf } from '../midprice/index.ts';
import type { PathColumns } from '../path-columns.ts';
import { drawSteps, drawWholeWord } from './step-draws.ts';
import { advance, CHUNK, inventoryLimit, SteppedPath } from './stepped-path.ts';

/**
 * Simulates paths firstPath … firstPath + paths − 1 of one cell into their slots. Pure: the slots depend on the
 * arguments alone. Throws InventoryRangeError where an unbounded inventory leaves the quote table.
 */
export function simulateSteppedBlock(cell: SteppedCell, firstPath: number, paths: number, columns: PathColumns): void {
  const { key, steps, dt, orderSize, antithetic } = cell;
  const fillShocks = shocksOf(cell.midprice, key);
  const volatility = cell.sigma * Math.sqrt(dt) * orderSize;
  const limit = inventoryLimit(cell);
  const state = new SteppedPath();
  for (let path = firstPath; path < firstPath + paths; path++) {
    const stream = antithetic ? path >>> 1 : path;
    const reversed = antithetic && (path & 1) === 1;
    const scale = reversed ? -volatility : volatility;
    state.start(cell);
    for (let first = 0; first < steps; first += CHUNK) {
      const count = Math.min(CHUNK, steps - first);
      drawSteps(key, first, count, stream, reversed, fillShocks);
      let i = advance(state, cell, scale, 0, count, false, 0);
      while (i < count) {
        if (Math.abs(state.lots) > limit) throw new InventoryRangeError(path, state.lots * orderSize);
        i = advance(state, cell, scale, i, count, true, drawWholeWord(key, first, i, stream));
      }
    }
    const slot = path - columns.firstPath;
    columns.pnl[slot] = state.pnl;
    columns.integralQ2[slot] = state.sumLots2 * orderSize * orderSize * dt;
    columns.fills[slot] = state.fills;
    columns.finalLots[slot] = state.lots;
    columns.maxAbsLots[slot] = Math.sqrt(state.maxLots2);
    if (columns.maxDrawdown !== undefined) columns.maxDrawdown[slot] = state.drawdown;
    if (columns.meanEstimator !== undefined) {
      columns.meanEstimator[slot] = state.expectedSpread + cell.mu * dt * orderSize * state.sumLots;
    }
  }
}
