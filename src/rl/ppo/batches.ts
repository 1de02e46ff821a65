import type { NumberStream } from '../../simulate/random/path-stream.ts';
import type { Batch } from './learner.ts';
import type { ParameterLayout } from './parameters.ts';

/** All samples of an update, row by row. */
type Samples = Batch;

/** Cuts the samples of an update into shuffled batches; a batch's arrays are overwritten by the next one. */
export class Batches {
  readonly count: number;
  readonly #samples: Samples;
  readonly #inputs: number;
  readonly #actions: number;
  readonly #normalise: boolean;
  readonly #order: Uint32Array;
  readonly #batch: Batch;

  constructor(samples: Samples, { inputs, actions }: ParameterLayout, size: number, normalise: boolean) {
    const total = samples.returns.length;
    this.count = total / size;
    this.#samples = samples;
    this.#inputs = inputs;
    this.#actions = actions;
    this.#normalise = normalise;
    this.#order = new Uint32Array(total);
    this.#batch = {
      observations: new Float32Array(size * inputs),
      actions: new Float32Array(size * actions),
      logProbabilities: new Float32Array(size),
      advantages: new Float32Array(size),
      returns: new Float32Array(size),
    };
  }

  /** Puts the samples in a new order (Fisher & Yates), a function of the random numbers alone. */
  shuffle(random: NumberStream): void {
    const order = this.#order;
    for (let i = 0; i < order.length; i++) order[i] = i;
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random.next() * (i + 1));
      const other = order[j]!;
      order[j] = order[i]!;
      order[i] = other;
    }
  }

  /** The batch of that number, its advantages brought to mean 0 and sample deviation 1 where that is wanted. */
  take(number: number): Batch {
    const batch = this.#batch;
    const size = batch.returns.length;
    for (let b = 0; b < size; b++) {
      const sample = this.#order[number * size + b]!;
      copyRow(this.#samples.observations, sample, batch.observations, b, this.#inputs);
      copyRow(this.#samples.actions, sample, batch.actions, b, this.#actions);
      batch.logProbabilities[b] = this.#samples.logProbabilities[sample]!;
      batch.advantages[b] = this.#samples.advantages[sample]!;
      batch.returns[b] = this.#samples.returns[sample]!;
    }
    if (this.#normalise) standardise(batch.advantages);
    return batch;
  }
}

function copyRow(from: Float32Array, row: number, to: Float32Array, toRow: number, width: number): void {
  for (let j = 0; j < width; j++) to[toRow * width + j] = from[row * width + j]!;
}

function standardise(values: Float32Array): void {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) * (values[i]! - mean);
  const deviation = Math.sqrt(squares / (values.length - 1)) + 1e-8;
  for (let i = 0; i < values.length; i++) values[i] = (values[i]! - mean) / deviation;
}
