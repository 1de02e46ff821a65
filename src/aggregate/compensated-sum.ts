/** A running sum by the Kahan–Babuška–Neumaier algorithm (Neumaier 1974): its rounding error does not grow with the terms. */
export class CompensatedSum {
  #sum = 0;
  #correction = 0;

  add(x: number): void {
    const next = this.#sum + x;
    this.#correction += Math.abs(this.#sum) >= Math.abs(x) ? this.#sum - next + x : x - next + this.#sum;
    this.#sum = next;
  }

  get value(): number {
    return this.#sum + this.#correction;
  }
}

/**
 * The compensated Σ term(i) for i = 0 … count − 1, in index order. For terms that are computed on the fly, so that no array
 * is built; O(count), 0 when count is 0.
 */
export function compensatedSum(count: number, term: (index: number) => number): number {
  const sum = new CompensatedSum();
  for (let i = 0; i < count; i++) sum.add(term(i));
  return sum.value;
}
