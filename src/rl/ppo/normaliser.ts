import { RunningMoments, type RunningMomentsState } from './running-moments.ts';

/** Normalised observations and rewards are clipped to ± this, as in Stable-Baselines3's VecNormalize. */
export const CLIP = 10;
const EPSILON = 1e-8;

/** What observations are normalised by, component by component: (x − mean)/std. */
export interface Scales {
  readonly mean: Float64Array;
  readonly std: Float64Array;
}

/** Writes the normalised observation at observations[at] … to out[to] …, rounded to single precision. */
export function normalise(
  { mean, std }: Scales,
  observations: Float64Array,
  at: number,
  out: Float64Array | Float32Array,
  to: number,
): void {
  for (let j = 0; j < mean.length; j++) {
    const x = (observations[at + j]! - mean[j]!) / std[j]!;
    out[to + j] = Math.fround(x < -CLIP ? -CLIP : x > CLIP ? CLIP : x);
  }
}

/** The state of a normaliser, for checkpoints. */
export interface NormaliserState {
  readonly observations: RunningMomentsState;
  readonly returns: RunningMomentsState;
  readonly discounted: readonly number[];
  readonly scales: Scales;
}

/**
 * Scales observations and rewards by what was seen of them so far, as Stable-Baselines3's VecNormalize does, but that the
 * scales of observations stay the same for a rollout, so that its environments can be played apart from each other.
 */
export class Normaliser {
  /** Of the present rollout; those that the policy was last trained with. */
  scales: Scales;
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
    this.scales = { mean: new Float64Array(width), std: new Float64Array(width).fill(1) };
  }

  /** Takes note of a rollout's observations, row by row. */
  see(observations: Float64Array): void {
    if (this.#scalesObservations) this.#observations.add(observations, observations.length / this.#width);
  }

  /** Brings `scales` up to what was seen. */
  update(): void {
    if (!this.#scalesObservations || this.#observations.isEmpty) return;
    const { mean, variance } = this.#observations;
    this.scales = { mean: mean.slice(), std: variance.map((v) => Math.sqrt(v + EPSILON)) };
  }

  /**
   * Scales the rewards of a rollout in place, step by step.
   * @param rewards steps × environments, as `ended`, which is 1 where a step ended its episode
   */
  scale(rewards: Float64Array, ended: Uint8Array): void {
    if (!this.#scalesRewards) return;
    const discounted = this.#discounted;
    const width = discounted.length;
    for (let first = 0; first < rewards.length; first += width) {
      for (let i = 0; i < width; i++) discounted[i] = discounted[i]! * this.#gamma + rewards[first + i]!;
      this.#returns.add(discounted, width);
      const deviation = Math.sqrt(this.#returns.variance[0]! + EPSILON);
      for (let i = 0; i < width; i++) {
        const reward = rewards[first + i]! / deviation;
        rewards[first + i] = reward < -CLIP ? -CLIP : reward > CLIP ? CLIP : reward;
        if (ended[first + i] === 1) discounted[i] = 0;
      }
    }
  }

  get state(): NormaliserState {
    return {
      observations: this.#observations.state,
      returns: this.#returns.state,
      discounted: Array.from(this.#discounted),
      scales: this.scales,
    };
  }

  restore({ observations, returns, discounted, scales }: NormaliserState): void {
    this.#observations.restore(observations);
    this.#returns.restore(returns);
    this.#discounted.set(discounted);
    this.scales = scales;
  }
}
