import type { Episode } from './episode.ts';
import type { EnvSettings } from './settings.ts';
import type { Box, Discrete } from './spaces.ts';

/**
 * N environments stepped together, as arrays that each step writes anew; no array or object is made. An environment whose
 * episode ends begins its next one in the same step (Gymnasium's AutoresetMode.SAME_STEP): `observations` then holds the
 * first observation of the new episode and `finalObservations` the last one of the old. Environment i plays paths i, i + N,
 * i + 2N, … of the seed.
 */
export class VectorEnv {
  readonly numEnvs: number;
  readonly singleObservationSpace: Box;
  readonly singleActionSpace: Box | Discrete;
  /** numEnvs × features, row by row, as the next two arrays. */
  readonly observations: Float64Array;
  readonly finalObservations: Float64Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  /** Sum of the rewards, mark-to-market PnL and number of steps of the episodes that ended in this step; else what was there. */
  readonly episodeRewards: Float64Array;
  readonly episodePnls: Float64Array;
  readonly episodeLengths: Int32Array;
  readonly #settings: EnvSettings;
  #episodes: readonly Episode[];
  readonly #paths: Float64Array;
  readonly #sums: Float64Array;
  readonly #distances = new Float64Array(2);

  /** @throws RangeError where numEnvs is no whole number of at least 1 */
  constructor(settings: EnvSettings, numEnvs: number, seed: number | string = settings.scenario.seed) {
    if (!Number.isInteger(numEnvs) || numEnvs < 1) {
      throw new RangeError(`numEnvs: expected a whole number of at least 1, got ${numEnvs}`);
    }
    const width = settings.features.length;
    this.#settings = settings;
    this.numEnvs = numEnvs;
    this.singleObservationSpace = settings.observationSpace;
    this.singleActionSpace = settings.actions.space;
    this.observations = new Float64Array(numEnvs * width);
    this.finalObservations = new Float64Array(numEnvs * width);
    this.rewards = new Float64Array(numEnvs);
    this.terminated = new Uint8Array(numEnvs);
    this.truncated = new Uint8Array(numEnvs);
    this.episodeRewards = new Float64Array(numEnvs);
    this.episodePnls = new Float64Array(numEnvs);
    this.episodeLengths = new Int32Array(numEnvs);
    this.#episodes = this.#createEpisodes(seed);
    this.#paths = new Float64Array(numEnvs);
    this.#sums = new Float64Array(numEnvs);
    this.reset();
  }

  /** Every environment begins its first episode, of `seed` where it is given. Returns `observations`. */
  reset({ seed }: { readonly seed?: number | string } = {}): Float64Array {
    if (seed !== undefined) this.#episodes = this.#createEpisodes(seed);
    for (let i = 0; i < this.numEnvs; i++) this.#start(i, i);
    return this.observations;
  }

  /**
   * One step of every environment.
   * @param actions numEnvs × the action's size, row by row
   * @throws RangeError for an action that is none
   */
  step(actions: ArrayLike<number>): void {
    const { actions: reader, features } = this.#settings;
    const distances = this.#distances;
    for (let i = 0; i < this.numEnvs; i++) {
      const episode = this.#episodes[i]!;
      reader.read(actions, i * reader.size, distances);
      episode.advance(distances[0]!, distances[1]!);
      const { reward, terminated, truncated } = episode;
      this.rewards[i] = reward;
      this.#sums[i] = this.#sums[i]! + reward;
      this.terminated[i] = terminated ? 1 : 0;
      this.truncated[i] = truncated ? 1 : 0;
      if (terminated || truncated) {
        episode.observe(this.finalObservations, i * features.length);
        this.episodeRewards[i] = this.#sums[i]!;
        this.episodePnls[i] = episode.pnl;
        this.episodeLengths[i] = episode.step;
        this.#start(i, this.#paths[i]! + this.numEnvs);
      } else episode.observe(this.observations, i * features.length);
    }
  }

  #createEpisodes(seed: number | string): Episode[] {
    return Array.from({ length: this.numEnvs }, () => this.#settings.createEpisode(seed));
  }

  #start(i: number, path: number): void {
    const episode = this.#episodes[i]!;
    this.#paths[i] = path;
    this.#sums[i] = 0;
    episode.start(path);
    episode.observe(this.observations, i * this.#settings.features.length);
  }
}
