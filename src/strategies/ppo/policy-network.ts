import type { Feature } from '../../config/rl-schema.ts';
import { QuoteError } from '../quote-error.ts';
import { Mlp } from './mlp.ts';
import type { PolicyFile } from './policy-file.ts';

/** The values that features are taken from. */
export type Observed = Readonly<Record<Feature, number>>;

/** A learnt policy's mean action: half spreads from an observation, in plain double precision. */
export class PolicyNetwork {
  readonly #policy: PolicyFile;
  readonly #network: Mlp;
  readonly #input: Float64Array;

  /** @throws RangeError where the parts of the policy do not fit together */
  constructor(policy: PolicyFile) {
    const { observation, normalization, network } = policy;
    this.#network = new Mlp(network);
    const width = observation.length;
    const { mean, std } = normalization;
    if (
      this.#network.inputs !== width ||
      this.#network.outputs !== 2 ||
      mean.length !== width ||
      std.length !== width
    ) {
      throw new RangeError(`policy: expected a network from ${width} features to 2 half spreads`);
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
    out[0] = distanceOf(action, output[0]!);
    out[1] = distanceOf(action, output[1]!);
  }
}

/** The half spread of a network's output: −1 and 1 are the ends of the range. */
export function distanceOf({ low, high }: PolicyFile['action'], output: number): number {
  if (Number.isNaN(output)) throw new QuoteError('the policy network gives no number');
  const distance = 0.5 * (low + high) + 0.5 * (high - low) * output;
  return distance < low ? low : distance > high ? high : distance;
}
