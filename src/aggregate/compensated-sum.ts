/**
 * Σ term(i) for i = 0 … count − 1, in index order, by the Kahan–Babuška–Neumaier algorithm (Neumaier 1974):
 * the rounding error does not grow with `count`. For terms that are computed on the fly, so that no array is built;
 * O(count), 0 when count is 0.
 */
export function compensatedSum(count: number, term: (index: number) => number): number {
  let sum = 0;
  let correction = 0;
  for (let i = 0; i < count; i++) {
    const x = term(i);
    const next = sum + x;
    correction += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
    sum = next;
  }
  return sum + correction;
}
