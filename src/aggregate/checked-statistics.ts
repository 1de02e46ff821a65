import * as statistics from 'simple-statistics';

/** A column of numbers: one slot a path. */
export type Sample = Float64Array | Int32Array;

/**
 * The one door to simple-statistics. Only functions made of + − × ÷ and comparisons are let through (its moments use
 * Math.pow, whose last bit depends on the JavaScript engine), and only with data that it handles: NaN passes through
 * it silently wrong, and `quantile` of an unsorted typed array or of p = NaN never returns.
 */

/**
 * Checks that a column can be summarised: at least one value, all finite.
 * @param firstPath number of the path in slot 0, for the message
 * @throws RangeError naming the column and the first path at fault
 */
export function checkSample(x: Sample, name: string, firstPath = 0): void {
  if (x.length === 0) throw new RangeError(`${name}: expected at least one value, got none`);
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i]!)) {
      throw new RangeError(`${name}: expected finite numbers, got ${x[i]} at path ${firstPath + i}`);
    }
  }
}

/** Arithmetic mean of a checked column, by a compensated sum in index order; O(n). Throws RangeError when empty. */
export function mean(x: Sample): number {
  if (x.length === 0) throw new RangeError('mean: expected at least one value, got none');
  return statistics.mean(arrayLike(x));
}

/** Smallest and largest value of a checked column; O(n). Throws RangeError when empty. */
export function extent(x: Sample): { min: number; max: number } {
  if (x.length === 0) throw new RangeError('extent: expected at least one value, got none');
  const [min, max] = statistics.extent(arrayLike(x));
  return { min, max };
}

/** An ascending copy, the only one that a summary makes; O(n log n), or radix, by the engine's typed-array sort. */
export function sortedCopy(x: Float64Array): Float64Array {
  return x.slice().sort();
}

/**
 * Quantile of an ascending column by Hyndman & Fan's type 7 (NumPy's default): linear between the order statistics
 * around 1 + (n − 1)p; O(1).
 * @throws RangeError if the column is empty, its ends show that it is not sorted and finite, or p is outside [0, 1]
 */
export function quantileSorted(sorted: Float64Array, p: number): number {
  const n = sorted.length;
  if (n === 0) throw new RangeError('quantile: expected at least one value, got none');
  if (!(p >= 0 && p <= 1)) throw new RangeError(`quantile: expected p in [0, 1], got ${p}`);
  const first = sorted[0]!;
  const last = sorted[n - 1]!;
  if (!(Number.isFinite(first) && Number.isFinite(last) && first <= last)) {
    throw new RangeError(`quantile: expected ascending finite numbers, got ${first} first and ${last} last`);
  }
  return statistics.quantileSorted(arrayLike(sorted), p);
}

/** simple-statistics only reads `length` and indices, but its types ask for arrays. */
function arrayLike(x: Sample): number[] {
  return x as unknown as number[];
}
