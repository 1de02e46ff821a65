/** The pieces of [0, T] within which the quotes of an event table are constant and no monitoring interval ends. */
export interface Segments {
  /** Ends of the segments, ascending; the last is T. */
  readonly ends: Float64Array;
  /** The table's row that each lies in. */
  readonly rows: Int32Array;
  /** 1 where a monitoring interval ends with the segment. */
  readonly closes: Uint8Array;
}

/** Cuts [0, T] at the edges of the rows and at the ends of `intervals` equal intervals. */
export function segmentsOf(rowEdges: Float64Array, intervals: number): Segments {
  const T = rowEdges.at(-1)!;
  const intervalEnds = new Set(Array.from({ length: intervals }, (_, i) => endOf(i, intervals, T)));
  const ends = Float64Array.from(new Set([...rowEdges.subarray(1), ...intervalEnds])).sort();
  const rows = new Int32Array(ends.length);
  let row = 0;
  ends.forEach((end, i) => {
    if (end > rowEdges[row + 1]!) row++;
    rows[i] = row;
  });
  return { ends, rows, closes: Uint8Array.from(ends, (end) => (intervalEnds.has(end) ? 1 : 0)) };
}

/** The end of an interval of [0, T]; the last one ends at T exactly. */
function endOf(interval: number, intervals: number, T: number): number {
  return interval === intervals - 1 ? T : ((interval + 1) * T) / intervals;
}
