import type { Feature } from '../../config/rl-schema.ts';
import { QuoteError } from '../quote-error.ts';
import { distanceOf, readLevels } from './action-range.ts';
import { Mlp } from './mlp.ts';
import type { PolicyFile } from './policy-file.ts';

/** The values that features are taken from. */
export type Observed = Readonly<Record<Feature, number>>;

/** A learnt policy's mean or most likely action: half spreads from an observation, in plain double precision. */
export class PolicyNetwork {
  readonly #policy: PolicyFile;
  readonly #network: Mlp;
  readonly #input: Float64Array;

  /** @throws RangeError where the parts of the policy do not fit together */
  constructor(policy: PolicyFile) {
    const { observation, normalization, network, action } = policy;
    const outputs = action.levels === undefined ? 2 : action.levels * action.levels;
    this.#network = new Mlp(network);
    const width = observation.length;
    const { mean, std } = normalization;
    if (
      this.#network.inputs !== width ||
      this.#network.outputs !== outputs ||
      mean.length !== width ||
      std.length !== width
    ) {
      throw new RangeError(`policy: expected a network from ${width} features to ${outputs} outputs`);
    }
    this.#policy = policy;
    this.#input = new Float64Array(width);
  }

  /** Writes the half spreads [δb, δa] to out[0] and out[1]. @throws QuoteError where the network gives no number */
  quote(observed: Observed, out: Float64Array): void {
    const { observation, normalization, action } = this.#policy;
    const { mean, std, clip } = normalization;
    for (let i = 0; i < observation.length; i++) {
      const { feature, centre, scale } = observation[i]!;
      const x = ((observed[feature] - centre) / scale - mean[i]!) / std[i]!;
      this.#input[i] = x < -clip ? -clip : x > clip ? clip : x;
    }
    const output = this.#network.forward(this.#input);
    if (action.levels === undefined) {
      out[0] = distanceOf(action, output[0]!);
      out[1] = distanceOf(action, output[1]!);
    } else readLevels(action, action.levels, indexOfLargest(output), out);
  }
}

/** The first of the largest. @throws QuoteError where one of them is no number */
function indexOfLargest(values: Float64Array): number {
  let best = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) throw new QuoteError('the policy network gives no number');
    if (values[i]! > values[best]!) best = i;
  }
  return best;
}
