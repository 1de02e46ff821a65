import { RunningMoments, type RunningMomentsState } from './running-moments.ts';

/** Normalised observations and rewards are clipped to ± this, as in Stable-Baselines3's VecNormalize. */
export const CLIP = 10;
const EPSILON = 1e-8;

/** The state of a normaliser, for checkpoints. */
export interface NormaliserState {
  readonly observations: RunningMomentsState;
  readonly returns: RunningMomentsState;
  readonly discounted: readonly number[];
}

/** Scales observations and rewards by what was seen of them so far (Stable-Baselines3's VecNormalize). */
export class Normaliser {
  readonly #observations: RunningMoments;
  readonly #returns = new RunningMoments(1);
  /** Discounted return of each environment's episode so far. */
  readonly #discounted: Float64Array;
  readonly #width: number;
  readonly #gamma: number;
  readonly #scalesObservations: boolean;
  readonly #scalesRewards: boolean;

  constructor(width: number, environments: number, gamma: number, observations: boolean, rewards: boolean) {
    this.#observations = new RunningMoments(width);
    this.#discounted = new Float64Array(environments);
    this.#width = width;
    this.#gamma = gamma;
    this.#scalesObservations = observations;
    this.#scalesRewards = rewards;
  }

  /** Takes note of a batch of observations, row by row. */
  see(observations: Float64Array): void {
    if (this.#scalesObservations) this.#observations.add(observations, observations.length / this.#width);
  }

  /** Writes the normalised observation at observations[at] … to out[to] …, rounded to single precision. */
  normalise(observations: Float64Array, at: number, out: Float64Array, to: number): void {
    const { mean, std } = this.moments;
    for (let j = 0; j < this.#width; j++) {
      const x = (observations[at + j]! - mean[j]!) / std[j]!;
      out[to + j] = Math.fround(x < -CLIP ? -CLIP : x > CLIP ? CLIP : x);
    }
  }

  /** Scales the rewards of a step in place. */
  scale(rewards: Float64Array, ended: (i: number) => boolean): void {
    if (!this.#scalesRewards) return;
    const discounted = this.#discounted;
    for (let i = 0; i < rewards.length; i++) discounted[i] = discounted[i]! * this.#gamma + rewards[i]!;
    this.#returns.add(discounted, discounted.length);
    const deviation = Math.sqrt(this.#returns.variance[0]! + EPSILON);
    for (let i = 0; i < rewards.length; i++) {
      const reward = rewards[i]! / deviation;
      rewards[i] = reward < -CLIP ? -CLIP : reward > CLIP ? CLIP : reward;
      if (ended(i)) discounted[i] = 0;
    }
  }

  /** Mean and deviation that observations are normalised by. */
  get moments(): { readonly mean: Float64Array; readonly std: Float64Array } {
    const { mean, variance } = this.#observations;
    if (!this.#scalesObservations) return { mean, std: variance };
    return { mean, std: variance.map((v) => Math.sqrt(v + EPSILON)) };
  }

  get state(): NormaliserState {
    return {
      observations: this.#observations.state,
      returns: this.#returns.state,
      discounted: Array.from(this.#discounted),
    };
  }

  restore({ observations, returns, discounted }: NormaliserState): void {
    this.#observations.restore(observations);
    this.#returns.restore(returns);
    this.#discounted.set(discounted);
  }
}
