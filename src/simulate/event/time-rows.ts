import { exp, log } from '../../util/elementary.ts';
import type { RateReader } from './rate-reader.ts';

/** A time interval over which a table holds quotes constant, with averages over it, interleaved as RateReader has them. */
export interface TimeRow {
  readonly start: number;
  readonly end: number;
  /** Fill intensities λ. */
  readonly rates: Float64Array;
  /** λ × gain: what a side is expected to earn per unit of time. */
  readonly earnings: Float64Array;
}

/**
 * Most of (change of an intensity within a row, as a share of its inventory's)² × (length of the row / T): what a row adds
 * to the error of the policy goes with both. With it the mean PnL is within 1e-5 of the exact policy's in all cases that
 * the tests hold. Short rows near T may change more, which spares many of them.
 */
const MOST_ERROR = 6e-6;
const MOST_CHANGE = 0.1;
/** How much more than the root mean square over the inventories any one of them may change. */
const MOST_OUTLYING = 4;
/** Rows are halved at most so often: T / 4096. */
const MOST_HALVINGS = 12;
/**
 * The row that begins at 0 is halved further, to T / 2^28, while an inventory on the way from the start to where most time is
 * spent changes its intensity by more than this and is left within the row: what it earns is then of the first order in the
 * change, since its fills come at the row's beginning.
 */
const MOST_START_CHANGE = 1e-4;
const MOST_START_HALVINGS = 28;
/** Equally spaced times that are always looked at, so that quotes which come and go are not missed. */
const PROBES = 64;

/**
 * Cuts [0, T] by halving into rows within which the intensities hardly change, and averages over each by Simpson's rule:
 * so the expected earnings and fills of every inventory are right over a row, and the error of the tabulated policy is of
 * second order in the change. Quotes that move only near T need few rows, which stay in the first-level cache.
 * @param startIndex place of the initial inventory among the reader's
 */
export function timeRows(T: number, reader: RateReader, timeDependent: boolean, startIndex: number): TimeRow[] {
  const rows: TimeRow[] = [];
  const probes = timeDependent ? Array.from({ length: PROBES + 1 }, (_, i) => readAt((i / PROBES) * T, reader)) : [];
  // The first halvings fall on probes, which are read already.
  const known = new Map(probes.map((probe) => [probe.t, probe]));
  const at = (t: number): Reading => known.get(t) ?? readAt(t, reader);
  const changesTooMuch = (start: Reading, middle: Reading, end: Reading): boolean => {
    const allowed = Math.min(MOST_CHANGE, Math.sqrt((MOST_ERROR * T) / (end.t - start.t)));
    const shares = occupancy(start);
    return [middle, end, ...probes.filter(({ t }) => t > start.t && t < end.t)].some(
      (other) => change(start, other, shares) > allowed,
    );
  };
  const cut = (start: Reading, end: Reading, halvings: number): void => {
    const middle = at((start.t + end.t) / 2);
    const isCut = halvings > 0 && changesTooMuch(start, middle, end);
    const isStart = start.t === 0 && end.t > T * 2 ** -MOST_START_HALVINGS;
    if (isCut || (timeDependent && isStart && leavesWhileChanging(start, end, startIndex))) {
      cut(start, middle, halvings - 1);
      cut(middle, end, halvings - 1);
      return;
    }
    const average = (values: (reading: Reading) => Float64Array): Float64Array =>
      values(start).map((first, side) => (first + 4 * values(middle)[side]! + values(end)[side]!) / 6);
    rows.push({
      start: start.t,
      end: end.t,
      rates: average(({ rates }) => rates),
      earnings: average(({ earnings }) => earnings),
    });
  };
  const first = at(0);
  // Quotes that do not depend on time are those of t = 0.
  cut(first, timeDependent ? at(T) : { ...first, t: T }, timeDependent ? MOST_HALVINGS : 0);
  return rows;
}

/** Whether an inventory from the start to the most frequented one is left within a row that begins at 0 while its intensity moves. */
function leavesWhileChanging(start: Reading, end: Reading, startIndex: number): boolean {
  const shares = occupancy(start);
  const mode = shares.indexOf(Math.max(...shares));
  const [a, b] = [start.rates, end.rates];
  for (let j = Math.min(startIndex, mode); j <= Math.max(startIndex, mode); j++) {
    const rate = Math.max(a[2 * j]! + a[2 * j + 1]!, b[2 * j]! + b[2 * j + 1]!);
    const moved = Math.max(Math.abs(a[2 * j]! - b[2 * j]!), Math.abs(a[2 * j + 1]! - b[2 * j + 1]!));
    if (moved > MOST_START_CHANGE * rate && rate * end.t > 1) return true;
  }
  return false;
}

interface Reading {
  readonly t: number;
  readonly rates: Float64Array;
  readonly earnings: Float64Array;
}

function readAt(t: number, reader: RateReader): Reading {
  const rates = new Float64Array(reader.length);
  const earnings = new Float64Array(reader.length);
  reader.read(t, rates, earnings);
  return { t, rates, earnings };
}

/**
 * The change of the intensities, each as a share of its inventory's total: the root mean square over the time that is spent
 * at the inventories, or the largest / MOST_OUTLYING where that is more.
 */
function change({ rates: a }: Reading, { rates: b }: Reading, shares: Float64Array): number {
  let largest = 0;
  let squares = 0;
  shares.forEach((share, j) => {
    const bid = 2 * j;
    const ask = bid + 1;
    const moved = Math.max(Math.abs(a[bid]! - b[bid]!), Math.abs(a[ask]! - b[ask]!));
    if (moved === 0) return;
    const relative = moved / Math.max(a[bid]! + a[ask]!, b[bid]! + b[ask]!);
    largest = Math.max(largest, relative);
    squares += share * relative * relative;
  });
  return Math.max(Math.sqrt(squares), largest / MOST_OUTLYING);
}

/** Shares of time at the inventories in the long run, by detailed balance: p(j) λb(j) = p(j + 1) λa(j + 1). */
function occupancy({ rates }: Reading): Float64Array {
  const logs = new Float64Array(rates.length / 2);
  let highest = 0;
  for (let j = 1; j < logs.length; j++) {
    const up = rates[2 * j - 2]!;
    const down = rates[2 * j + 1]!;
    // Where one of the two never happens, both inventories may still be started from.
    logs[j] = logs[j - 1]! + (up > 0 && down > 0 ? log(up / down) : 0);
    highest = Math.max(highest, logs[j]!);
  }
  const weights = logs.map((x) => exp(x - highest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
