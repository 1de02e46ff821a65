import type { SteppedCell } from '../block-request.ts';

/** Steps whose random numbers are made together: 5 KiB of words and 8 KiB of shocks stay in the first-level cache. */
export const CHUNK = 1024;

// The numbers of a chunk, made by drawSteps. They live here because an engine folds the addresses of a module's own arrays.
/** A byte a step: the upper 8 bits of its fill word, the sign bit flipped, so that bytes count upwards from 0. */
export const byteWords = new Int32Array(CHUNK / 4);
const fillBytes = new Uint8Array(byteWords.buffer);
/** Shocks of the price, in units of σ√dt. */
export const shocks = new Float64Array(CHUNK);
/** The byte of step i is at i ^ FLIP: a word's low byte comes first on every machine. */
const FLIP = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 3;

/** The byte of step i of the chunk. */
export function fillByteOf(i: number): number {
  return fillBytes[i ^ FLIP]!;
}

/** Where a path is, and what it has come to so far. */
export class SteppedPath {
  lots = 0;
  /** The entry of (step, lots) in the tables. */
  at = 0;
  fills = 0;
  sumLots = 0;
  sumLots2 = 0;
  maxLots2 = 0;
  pnl = 0;
  /** How far PnL is below its running maximum, and the most that it has been. */
  below = 0;
  drawdown = 0;
  expectedSpread = 0;

  start({ startLots, reach, rows }: SteppedCell): void {
    this.lots = startLots;
    this.at = (startLots + reach) * rows;
    this.fills = 0;
    this.sumLots = 0;
    this.sumLots2 = 0;
    this.maxLots2 = startLots * startLots;
    this.pnl = 0;
    this.below = 0;
    this.drawdown = 0;
    this.expectedSpread = 0;
  }
}

/**
 * Goes on along a path from step `from` of the chunk of `count` steps that is drawn. Returns the step that it has come to:
 * `count`, or one whose byte does not decide its fills, or one at which the inventory has left the table. The loops call
 * nothing, so that what changes in them stays in registers.
 * @param scale σ√dt × order_size, negative where shocks are reversed
 * @param known whether `word` is the whole fill word of step `from`; else its byte must do
 */
export function advance(
  path: SteppedPath,
  cell: SteppedCell,
  scale: number,
  from: number,
  count: number,
  known: boolean,
  word: number,
): number {
  const { bands, thresholds, bothFrom, gains, bothGain, expectedGain, rows } = cell;
  const drift = cell.mu * cell.dt * cell.orderSize;
  const stride = rows === 1 ? 0 : 1;
  const limit = inventoryLimit(cell);
  const bytes = fillBytes;
  const normals = shocks;
  let { lots, at, fills, sumLots, sumLots2, maxLots2, pnl, below, drawdown, expectedSpread } = path;
  // What a step's price change does to PnL: trend + exposure · shock.
  let trend = lots * drift;
  let exposure = lots * scale;
  let since = from;
  let i = from;
  while (i < count) {
    const band = bands[at]!;
    const off = bytes[i ^ FLIP]! - (band & 511);
    const span = (band >> 9) & 511;
    let change = 0;
    let gain = 0;
    if (off > span || off < -(band >> 18)) {
      // 1 = bid, 0 = ask: the sign bit, since no branch predictor can know the side.
      const bid = off >>> 31;
      change = 2 * bid - 1;
      gain = gains[2 * at + 1 - bid]!;
      fills++;
    } else if (off < 0 || off >= span) {
      if (!known || i !== from) break;
      const bidFills = word < thresholds[2 * at]!;
      const askFills = bidFills ? word >= bothFrom[at]! : word > thresholds[2 * at + 1]!;
      if (bidFills) gain += gains[2 * at]!;
      if (askFills) gain += gains[2 * at + 1]!;
      if (bidFills && askFills) gain += bothGain;
      change = (bidFills ? 1 : 0) - (askFills ? 1 : 0);
      fills += (bidFills ? 1 : 0) + (askFills ? 1 : 0);
    }
    if (expectedGain !== undefined) expectedSpread += expectedGain[at]!;
    pnl += gain;
    below -= gain;
    if (change !== 0) {
      sumLots += lots * (i - since);
      sumLots2 += lots * lots * (i - since);
      since = i;
      lots += change;
      at += change * rows;
      trend = lots * drift;
      exposure = lots * scale;
      if (lots * lots > maxLots2) {
        maxLots2 = lots * lots;
        if (lots > limit || lots < -limit) break;
      }
    }
    const eventful = i;
    // This step's price change, then those of the steps without fills; two at a time, since the engine checks the arrays
    // anew in each round.
    for (;;) {
      let move = trend + exposure * normals[i]!;
      pnl += move;
      // max(0, below − move), without a branch on the unpredictable.
      below -= move;
      below = 0.5 * (below + Math.abs(below));
      if (below > drawdown) drawdown = below;
      at += stride;
      i++;
      if (i >= count) break;
      let quiet = bands[at]!;
      if ((bytes[i ^ FLIP]! - (quiet & 511)) >>> 0 >= ((quiet >> 9) & 511)) break;
      move = trend + exposure * normals[i]!;
      pnl += move;
      below -= move;
      below = 0.5 * (below + Math.abs(below));
      if (below > drawdown) drawdown = below;
      at += stride;
      i++;
      if (i >= count) break;
      quiet = bands[at]!;
      if ((bytes[i ^ FLIP]! - (quiet & 511)) >>> 0 >= ((quiet >> 9) & 511)) break;
    }
    if (expectedGain !== undefined) {
      for (let step = eventful + 1; step < i; step++) expectedSpread += expectedGain[at - (i - step) * stride]!;
    }
  }
  path.lots = lots;
  path.at = at;
  path.fills = fills;
  path.sumLots = sumLots + lots * (i - since);
  path.sumLots2 = sumLots2 + lots * lots * (i - since);
  path.maxLots2 = maxLots2;
  path.pnl = pnl;
  path.below = below;
  path.drawdown = drawdown;
  path.expectedSpread = expectedSpread;
  return i;
}

/** Lots that a path may hold: on the edge of an unbounded table it may not stand, since the next fill could carry it past. */
export function inventoryLimit({ bounded, reach }: SteppedCell): number {
  return bounded ? reach : reach - 1;
}
