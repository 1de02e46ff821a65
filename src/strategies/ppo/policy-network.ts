import type { Feature } from '../../config/rl-schema.ts';
import { QuoteError } from '../quote-error.ts';
import { distanceOf, readLevels } from './action-range.ts';
import { Mlp } from './mlp.ts';
import type { PolicyFile } from './policy-file.ts';

/** The values that features are taken from. */
export type Observed = Readonly<Record<Feature, number>>;

/** A learnt policy's mean or most likely action, computed in plain double precision. */
export class PolicyNetwork {
  readonly #policy: PolicyFile;
  readonly #network: Mlp;
  readonly #observation: Float64Array;
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
    this.#observation = new Float64Array(width);
    this.#input = new Float64Array(width);
  }

  /** Writes the half spreads [δb, δa] to out[0] and out[1]. @throws QuoteError where the network gives no number */
  quote(observed: Observed, out: Float64Array): void {
    const { observation } = this.#policy;
    for (let i = 0; i < observation.length; i++) {
      const { feature, centre, scale } = observation[i]!;
      this.#observation[i] = (observed[feature] - centre) / scale;
    }
    this.#act(this.#observation, out);
  }

  /**
   * The action for an observation as the environment gives it: half spreads [δb, δa], or the number of a pair of levels.
   * @throws RangeError for an observation of another length, QuoteError where the network gives no number
   */
  predict(observation: ArrayLike<number>): Float64Array | number {
    if (observation.length !== this.#input.length) {
      throw new RangeError(`observation: expected ${this.#input.length} numbers, got ${observation.length}`);
    }
    const distances = new Float64Array(2);
    const action = this.#act(observation, distances);
    return this.#policy.action.levels === undefined ? distances : action;
  }

  /** Writes the half spreads, and returns the number of their pair where actions are levels. */
  #act(observation: ArrayLike<number>, out: Float64Array): number {
    const { normalization, action } = this.#policy;
    const { mean, std, clip } = normalization;
    for (let i = 0; i < observation.length; i++) {
      const x = (observation[i]! - mean[i]!) / std[i]!;
      this.#input[i] = x < -clip ? -clip : x > clip ? clip : x;
    }
    const output = this.#network.forward(this.#input);
    if (action.levels === undefined) {
      out[0] = distanceOf(action, output[0]!);
      out[1] = distanceOf(action, output[1]!);
      return 0;
    }
    const number = indexOfLargest(output);
    readLevels(action, action.levels, number, out);
    return number;
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
