import { expm1 } from '../../util/elementary.ts';

/** A fully connected layer: out = W'x + b. */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** inputs × outputs, row by row: the weights of input i begin at i × outputs. */
  readonly weights: ArrayLike<number>;
  readonly bias: ArrayLike<number>;
}

/** tanh x = −m/(2 + m), m = e^(−2x) − 1: as exact as expm1 near 0 too. */
export function tanh(x: number): number {
  const m = expm1(-2 * Math.abs(x));
  const magnitude = -m / (2 + m);
  return x < 0 ? -magnitude : magnitude;
}

/**
 * A network of layers with tanh between them and none after the last, computed in double precision in a fixed order, so that
 * its outputs are the same on every machine. Reuses its arrays; not for two callers at a time.
 */
export class Mlp {
  readonly inputs: number;
  readonly outputs: number;
  readonly #layers: readonly Layer[];
  readonly #values: readonly Float64Array[];

  /** @throws RangeError where the layers do not fit together */
  constructor(layers: readonly Layer[]) {
    const [first] = layers;
    const last = layers.at(-1);
    if (first === undefined || last === undefined) throw new RangeError('network: expected at least one layer');
    layers.forEach(({ inputs, outputs, weights, bias }, i) => {
      const fits = weights.length === inputs * outputs && bias.length === outputs;
      if (!fits || (i > 0 && layers[i - 1]?.outputs !== inputs)) {
        throw new RangeError(
          `network: layer ${i} of ${inputs} x ${outputs} does not fit its weights or the layer before it`,
        );
      }
    });
    this.inputs = first.inputs;
    this.outputs = last.outputs;
    this.#layers = layers;
    this.#values = layers.map(({ outputs }) => new Float64Array(outputs));
  }

  /** The outputs for input[at] … ; the array is overwritten by the next call. */
  forward(input: Float64Array, at = 0): Float64Array {
    const layers = this.#layers;
    let from = input;
    let offset = at;
    for (let l = 0; l < layers.length; l++) {
      const { inputs, outputs, weights, bias } = layers[l]!;
      const values = this.#values[l]!;
      for (let j = 0; j < outputs; j++) values[j] = bias[j]!;
      for (let i = 0; i < inputs; i++) {
        const x = from[offset + i]!;
        const row = i * outputs;
        for (let j = 0; j < outputs; j++) values[j] = values[j]! + x * weights[row + j]!;
      }
      if (l < layers.length - 1) for (let j = 0; j < outputs; j++) values[j] = tanh(values[j]!);
      from = values;
      offset = 0;
    }
    return from;
  }
}
