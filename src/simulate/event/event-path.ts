import type { EventCell } from '../block-request.ts';
import type { Segments } from './segments.ts';

/** Fills by which draws are counted: a cipher block holds the marks of so many. */
export const FILLS = 16;
/** The most fills whose random numbers are made together. */
export const MOST_FILLS = 16 * FILLS;

// The numbers at hand, made by drawFills. They live here because an engine folds the addresses of a module's own arrays.
/** Standard exponentials: the hazard from one fill to the next. */
export const hazards = new Float64Array(MOST_FILLS);
/** Four marks a word, the first in its low byte: the upper 8 of a mark's 30 bits. */
export const markWords = new Int32Array(MOST_FILLS / 4);
const markBytes = new Uint8Array(markWords.buffer);
/** The byte of fill i is at i ^ FLIP: a word's low byte comes first on every machine. */
const FLIP = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 3;

/** Why `advance` stopped. */
export const Pause = { draws: 0, restOfMark: 1, intervalEnd: 2, range: 3 } as const;

/** Where a path is, and what it has come to since the last interval end. */
export class EventPath {
  lots = 0;
  maxLots2 = 0;
  segment = 0;
  /** The fill in the draws at hand that comes next. */
  place = 0;
  /** The time of the last fill or segment end, and that of the last fill or interval end. */
  time = 0.5;
  last = 0.5;
  /** What is left of the exponential that the integral of the intensity has to use up until the next fill. */
  hazard = 0.5;
  pnl = 0.5;
  intervalLots = 0.5;
  intervalLots2 = 0.5;
  expectedSpread = 0.5;

  start(lots: number): void {
    this.lots = lots;
    this.maxLots2 = lots * lots;
    this.segment = 0;
    this.place = 0;
    this.time = 0;
    this.last = 0;
    this.hazard = hazards[0]!;
    this.pnl = 0;
    this.intervalLots = 0;
    this.intervalLots2 = 0;
    this.expectedSpread = 0;
  }
}

/**
 * Goes on along a path with the first `count` draws at hand until something is needed, and says what. The loop calls
 * nothing, so that what changes in it stays in registers.
 * @param restOfMark the lower 22 bits of the next fill's mark where they were asked for, else −1
 */
export function advance(
  path: EventPath,
  cell: EventCell,
  segments: Segments,
  count: number,
  restOfMark: number,
): number {
  const { meanWaits, bidShares, gains, compensator, reach, rowEdges } = cell;
  const { ends, rows, closes } = segments;
  const width = 2 * reach + 1;
  const limit = cell.bounded ? reach : reach - 1;
  const waits = hazards;
  const marks = markBytes;
  let { lots, maxLots2, segment, place, time, last, hazard, pnl, intervalLots, intervalLots2, expectedSpread } = path;
  let pause: number = Pause.draws;
  // The entry of zero inventory in the row.
  let rowStart = rows[segment]! * width + reach;
  let end = ends[segment]!;
  for (;;) {
    const entry = rowStart + lots;
    const meanWait = meanWaits[entry]!;
    const next = time + hazard * meanWait;
    if (next >= end) {
      // Never 0, which times an infinite wait would not be a number.
      hazard = Math.max(1e-300, hazard - (end - time) / meanWait);
      time = end;
      if (closes[segment++]! === 1) {
        pause = Pause.intervalEnd;
        break;
      }
      rowStart = rows[segment]! * width + reach;
      end = ends[segment]!;
      continue;
    }
    // The mark's byte against the bid's share: 0 = bid where the mark is below, 1 = ask. The side is a sign bit, since no branch predictor can know it.
    const excess = bidShares[entry]! - 1 - (marks[place ^ FLIP]! << 22);
    let side = excess >>> 31;
    if (excess >>> 0 < 4194303) {
      if (restOfMark < 0) {
        pause = Pause.restOfMark;
        break;
      }
      side = (excess - restOfMark) >>> 31;
      restOfMark = -1;
    }
    const change = 1 - 2 * side;
    const elapsed = next - last;
    time = next;
    last = next;
    intervalLots += lots * elapsed;
    intervalLots2 += lots * lots * elapsed;
    pnl += gains[2 * entry + side]!;
    lots += change;
    place++;
    if (compensator !== undefined) {
      // The compensator of the old inventory up to now, less that of the new one, linear within a row.
      const row = rows[segment]!;
      const part = (time - rowEdges[row]!) / (rowEdges[row + 1]! - rowEdges[row]!);
      const low = compensator[entry]! - compensator[entry + change]!;
      const high = compensator[entry + width]! - compensator[entry + width + change]!;
      expectedSpread += low + part * (high - low);
    }
    if (lots * lots > maxLots2) {
      maxLots2 = lots * lots;
      if (lots > limit || lots < -limit) {
        pause = Pause.range;
        break;
      }
    }
    if (place === count) break;
    hazard = waits[place]!;
  }
  path.lots = lots;
  path.maxLots2 = maxLots2;
  path.segment = segment;
  path.place = place;
  path.time = time;
  path.last = last;
  path.hazard = hazard;
  path.pnl = pnl;
  path.intervalLots = intervalLots;
  path.intervalLots2 = intervalLots2;
  path.expectedSpread = expectedSpread;
  return pause;
}
