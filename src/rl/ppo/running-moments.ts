/** The state of running moments, for checkpoints. */
export interface RunningMomentsState {
  readonly mean: readonly number[];
  readonly variance: readonly number[];
  readonly count: number;
}

const START = 1e-4;

/**
 * Mean and population variance of each component of all vectors seen, batch by batch (Chan, Golub & LeVeque 1979), from a
 * start of mean 0 and variance 1 with the weight of 1e-4 vectors, as in Stable-Baselines3's VecNormalize.
 */
export class RunningMoments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  #count = START;

  constructor(width: number) {
    this.mean = new Float64Array(width);
    this.variance = new Float64Array(width).fill(1);
  }

  /** Adds `rows` vectors, row by row. */
  add(values: Float64Array, rows: number): void {
    const { mean, variance } = this;
    const width = mean.length;
    const total = this.#count + rows;
    for (let j = 0; j < width; j++) {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += values[i * width + j]!;
      const average = sum / rows;
      let squares = 0;
      for (let i = 0; i < rows; i++) {
        const off = values[i * width + j]! - average;
        squares += off * off;
      }
      const difference = average - mean[j]!;
      mean[j] = mean[j]! + (difference * rows) / total;
      variance[j] =
        (variance[j]! * this.#count + squares + (difference * difference * this.#count * rows) / total) / total;
    }
    this.#count = total;
  }

  /** Nothing was seen yet. */
  get isEmpty(): boolean {
    return this.#count === START;
  }

  get state(): RunningMomentsState {
    return { mean: Array.from(this.mean), variance: Array.from(this.variance), count: this.#count };
  }

  restore({ mean, variance, count }: RunningMomentsState): void {
    this.mean.set(mean);
    this.variance.set(variance);
    this.#count = count;
  }
}
