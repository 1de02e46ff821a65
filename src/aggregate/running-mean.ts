/**
 * Mean and its standard error over the paths that have arrived, for the progress line: blocks are merged by the
 * pairwise update of Chan, Golub & LeVeque (The American Statistician 37(3), 1983). The last bits depend on the order
 * in which blocks arrive, so no file is written from it.
 */
export class RunningMean {
  #count = 0;
  #mean = 0;
  #sumOfSquares = 0;

  /** Adds values[from … to − 1]; an empty range changes nothing. O(to − from). */
  add(values: Float64Array, from: number, to: number): void {
    if (!(from >= 0 && to <= values.length)) {
      throw new RangeError(`running mean: expected a range within 0…${values.length}, got ${from}…${to}`);
    }
    const n = to - from;
    if (n <= 0) return;
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i]!;
    const blockMean = sum / n;
    let blockSquares = 0;
    for (let i = from; i < to; i++) blockSquares += (values[i]! - blockMean) * (values[i]! - blockMean);
    const total = this.#count + n;
    const shift = blockMean - this.#mean;
    this.#sumOfSquares += blockSquares + shift * shift * ((this.#count * n) / total);
    this.#mean += shift * (n / total);
    this.#count = total;
  }

  get count(): number {
    return this.#count;
  }

  /** Mean so far; NaN before the first value. */
  get mean(): number {
    return this.#count === 0 ? Number.NaN : this.#mean;
  }

  /** Sample standard deviation over √count; NaN before the second value. */
  get standardError(): number {
    return this.#count < 2 ? Number.NaN : Math.sqrt(this.#sumOfSquares / (this.#count - 1) / this.#count);
  }
}
