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
import { advance, EventPath, FILLS, hazards, MOST_FILLS, Pause } from './event-path.ts';
import { drawAntitheticFills, drawFills, drawRestOfMark } from './fill-draws.ts';
import { segmentsOf } from './segments.ts';

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
  const { key, rowEdges, reach, orderSize, mu, intervals, compensator, antithetic } = cell;
  const atEnd = (rowEdges.length - 1) * (2 * reach + 1) + reach;
  const segments = segmentsOf(rowEdges, intervals);
  const hazardRejection = { key, path: 0, role: Role.arrivalWaitRejected };
  const shockRejection = { key, path: 0, role: Role.priceRejected };
  const state = new EventPath();
  let allFills = 0;
  for (let path = firstPath; path < firstPath + paths; path++) {
    const stream = antithetic ? path >>> 1 : path;
    const reversed = antithetic && (path & 1) === 1;
    const volatility = (reversed ? -cell.sigma : cell.sigma) * orderSize;
    hazardRejection.path = stream;
    shockRejection.path = stream;
    // How many draws are made at once is only a question of speed.
    const usualFills = allFills / Math.max(1, path - firstPath);
    let count = drawsFor(usualFills);
    if (antithetic) drawAntitheticFills(key, 0, count, stream, reversed);
    else drawFills(key, 0, count, hazardRejection);
    state.start(cell.startLots);
    let drawn = 0;
    let interval = 0;
    let peak = 0;
    let drawdown = 0;
    let sumLots = 0;
    let sumLots2 = 0;
    let restOfMark = -1;
    while (interval < intervals) {
      const pause = advance(state, cell, segments, count, restOfMark);
      restOfMark = -1;
      if (pause === Pause.intervalEnd) {
        const elapsed = state.time - state.last;
        const lots = state.intervalLots + state.lots * elapsed;
        const lots2 = state.intervalLots2 + state.lots * state.lots * elapsed;
        sumLots += lots;
        sumLots2 += lots2;
        if (interval % SHOCKS === 0) drawShocks(key, interval, Math.min(SHOCKS, intervals - interval), shockRejection);
        state.pnl += mu * orderSize * lots + volatility * Math.sqrt(lots2) * shocks[interval % SHOCKS]!;
        peak = Math.max(peak, state.pnl);
        drawdown = Math.max(drawdown, peak - state.pnl);
        state.intervalLots = 0;
        state.intervalLots2 = 0;
        state.last = state.time;
        interval++;
      } else if (pause === Pause.draws) {
        drawn += count;
        count = drawsFor(Math.max(0, usualFills - drawn));
        if (antithetic) drawAntitheticFills(key, drawn, count, stream, reversed);
        else drawFills(key, drawn, count, hazardRejection);
        state.place = 0;
        state.hazard = hazards[0]!;
      } else if (pause === Pause.restOfMark) {
        restOfMark = drawRestOfMark(key, drawn + state.place, stream);
      } else {
        throw new InventoryRangeError(path, state.lots * orderSize);
      }
    }
    const fills = drawn + state.place;
    allFills += fills;
    const slot = path - columns.firstPath;
    columns.pnl[slot] = state.pnl;
    columns.integralQ2[slot] = sumLots2 * orderSize * orderSize;
    columns.fills[slot] = fills;
    columns.finalLots[slot] = state.lots;
    columns.maxAbsLots[slot] = Math.sqrt(state.maxLots2);
    if (columns.maxDrawdown !== undefined) columns.maxDrawdown[slot] = drawdown;
    if (columns.meanEstimator !== undefined && compensator !== undefined) {
      columns.meanEstimator[slot] = state.expectedSpread + compensator[atEnd + state.lots]! + mu * orderSize * sumLots;
    }
  }
}

/** Draws for so many fills on average and a standard deviation of a Poisson count more. */
function drawsFor(fills: number): number {
  return Math.min(MOST_FILLS, FILLS * Math.ceil((fills + Math.sqrt(fills) + 1) / FILLS));
}
