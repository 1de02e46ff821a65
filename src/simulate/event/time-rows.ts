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

/** The most that a fill intensity may change within a row, relatively, unless the row is as short as rows get. */
const MOST_CHANGE = 0.02;
/** Rows are halved at most so often: T / 4096. */
const MOST_HALVINGS = 12;

/**
 * Cuts [0, T] by halving into rows within which the intensities hardly change, and averages over each by Simpson's rule:
 * so the expected earnings and fills of every inventory are right over a row, and the error of the tabulated policy is of
 * second order in the change. Quotes that move only near T need few rows, which stay in the first-level cache.
 */
export function timeRows(T: number, reader: RateReader, timeDependent: boolean): TimeRow[] {
  const rows: TimeRow[] = [];
  const cut = (start: Reading, end: Reading, halvings: number): void => {
    const middle = readAt((start.t + end.t) / 2, reader);
    if (halvings > 0 && Math.max(change(start, middle), change(middle, end), change(start, end)) > MOST_CHANGE) {
      cut(start, middle, halvings - 1);
      cut(middle, end, halvings - 1);
      return;
    }
    const average = (values: (reading: Reading) => Float64Array): Float64Array =>
      values(start).map((first, at) => (first + 4 * values(middle)[at]! + values(end)[at]!) / 6);
    rows.push({
      start: start.t,
      end: end.t,
      rates: average(({ rates }) => rates),
      earnings: average(({ earnings }) => earnings),
    });
  };
  const first = readAt(0, reader);
  // Quotes that do not depend on time are those of t = 0.
  cut(first, timeDependent ? readAt(T, reader) : { ...first, t: T }, timeDependent ? MOST_HALVINGS : 0);
  return rows;
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

function change(a: Reading, b: Reading): number {
  let largest = 0;
  for (let at = 0; at < a.rates.length; at++) {
    const [before, after] = [a.rates[at]!, b.rates[at]!];
    if (before !== after) largest = Math.max(largest, Math.abs(after - before) / Math.max(before, after));
  }
  return largest;
}
