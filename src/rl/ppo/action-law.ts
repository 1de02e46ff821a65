import { NormalStream, type NumberStream, UniformStream } from '../../simulate/random/path-stream.ts';
import { Role } from '../../simulate/random/roles.ts';
import type { Key } from '../../simulate/random/threefry.ts';
import { type DistanceRange, distanceOf, readLevels } from '../../strategies/ppo/action-range.ts';
import { QuoteError } from '../../strategies/quote-error.ts';
import { exp, log } from '../../util/elementary.ts';

const HALF_LOG_2PI = 0.9189385332046728;

/** The law of exploring actions that a policy network's outputs stand for. Its random numbers are those of the episode's path. */
export interface ActionLaw {
  /** Goes to where an episode on path `path` stands after `steps` steps. */
  start(path: number, steps: number): void;
  /** Draws an action to actions[at] …, writes its half spreads [δb, δa] to `distances` and returns its log probability. */
  draw(outputs: Float64Array, actions: Float32Array, at: number, distances: Float64Array): number;
}

/** Independent normals around the outputs, in halves of the range; clipped to the range for the market only. */
export class NormalActions implements ActionLaw {
  readonly #range: DistanceRange;
  readonly #logStd: Float32Array;
  readonly #noise: NumberStream;

  /** @param logStd log standard deviations of the two sides */
  constructor(range: DistanceRange, logStd: Float32Array, key: Key) {
    this.#range = range;
    this.#logStd = logStd;
    this.#noise = new NormalStream(key, Role.policyNormal, Role.policyNormalRejected);
  }

  start(path: number, steps: number): void {
    this.#noise.start(path, false);
    for (let i = 0; i < 2 * steps; i++) this.#noise.next();
  }

  draw(outputs: Float64Array, actions: Float32Array, at: number, distances: Float64Array): number {
    let logProbability = 0;
    for (let side = 0; side < 2; side++) {
      const logStd = this.#logStd[side]!;
      const deviation = exp(logStd);
      const action = Math.fround(outputs[side]! + deviation * this.#noise.next());
      const z = (action - outputs[side]!) / deviation;
      logProbability -= 0.5 * z * z + logStd + HALF_LOG_2PI;
      actions[at + side] = action;
      distances[side] = distanceOf(this.#range, action);
    }
    return logProbability;
  }
}

/** One of levels² pairs of half spreads, the outputs being unnormalised log probabilities. */
export class CategoricalActions implements ActionLaw {
  readonly #range: DistanceRange;
  readonly #levels: number;
  readonly #chance: NumberStream;

  constructor(range: DistanceRange, levels: number, key: Key) {
    this.#range = range;
    this.#levels = levels;
    this.#chance = new UniformStream(key, Role.policyUniform);
  }

  start(path: number, steps: number): void {
    this.#chance.start(path, false);
    for (let i = 0; i < steps; i++) this.#chance.next();
  }

  draw(outputs: Float64Array, actions: Float32Array, at: number, distances: Float64Array): number {
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < outputs.length; i++) largest = Math.max(largest, outputs[i]!);
    let total = 0;
    for (let i = 0; i < outputs.length; i++) total += exp(outputs[i]! - largest);
    if (Number.isNaN(total)) throw new QuoteError('the policy network gives no number');
    let rest = this.#chance.next() * total;
    let action = 0;
    for (; action < outputs.length - 1; action++) {
      rest -= exp(outputs[action]! - largest);
      if (rest < 0) break;
    }
    actions[at] = action;
    readLevels(this.#range, this.#levels, action, distances);
    return outputs[action]! - largest - log(total);
  }
}
