import type { Episode } from './episode.ts';
import type { EnvSettings } from './settings.ts';

/** Where an environment stands: the path that it plays and what it did on it so far. Replaying it restores the state. */
export interface EnvSnapshot {
  readonly path: number;
  /** Half spreads [δb, δa] step by step. */
  readonly distances: readonly number[];
}

/**
 * N environments stepped together, as arrays that each step writes anew; no array or object is made. An environment whose
 * episode ends begins its next one in the same step (Gymnasium's AutoresetMode.SAME_STEP): `observations` then holds the
 * first observation of the new episode and `finalObservations` the last one of the old. Environment i plays paths i, i + N,
 * i + 2N, … of the seed.
 */
export class VectorEnv {
  readonly numEnvs: number;
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
  readonly settings: EnvSettings;
  readonly #episodes: readonly Episode[];
  readonly #paths: Float64Array;
  readonly #sums: Float64Array;
  readonly #distances = new Float64Array(2);
  /** 2 numbers a step for each environment, kept for snapshots. */
  readonly #history: readonly Float64Array[];

  constructor(settings: EnvSettings, numEnvs: number, seed: number | string = settings.scenario.seed) {
    const width = settings.features.length;
    this.settings = settings;
    this.numEnvs = numEnvs;
    this.observations = new Float64Array(numEnvs * width);
    this.finalObservations = new Float64Array(numEnvs * width);
    this.rewards = new Float64Array(numEnvs);
    this.terminated = new Uint8Array(numEnvs);
    this.truncated = new Uint8Array(numEnvs);
    this.episodeRewards = new Float64Array(numEnvs);
    this.episodePnls = new Float64Array(numEnvs);
    this.episodeLengths = new Int32Array(numEnvs);
    this.#episodes = Array.from({ length: numEnvs }, () => settings.createEpisode(seed));
    this.#paths = new Float64Array(numEnvs);
    this.#sums = new Float64Array(numEnvs);
    const steps = this.#episodes[0]?.steps ?? 0;
    this.#history = Array.from({ length: numEnvs }, () => new Float64Array(2 * steps));
    this.reset();
  }

  /** Every environment begins its first episode; `firstPath` moves all of them along the seed's paths. */
  reset(firstPath = 0): void {
    for (let i = 0; i < this.numEnvs; i++) this.#start(i, firstPath + i);
  }

  /**
   * One step of every environment.
   * @param actions numEnvs × the action's size, row by row
   * @throws RangeError for an action that is none
   */
  step(actions: ArrayLike<number>): void {
    const { actions: reader, features } = this.settings;
    const distances = this.#distances;
    for (let i = 0; i < this.numEnvs; i++) {
      const episode = this.#episodes[i]!;
      reader.read(actions, i * reader.size, distances);
      const history = this.#history[i]!;
      history[2 * episode.step] = distances[0]!;
      history[2 * episode.step + 1] = distances[1]!;
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

  snapshot(): EnvSnapshot[] {
    return this.#episodes.map((episode, i) => ({
      path: this.#paths[i]!,
      distances: Array.from(this.#history[i]!.subarray(0, 2 * episode.step)),
    }));
  }

  /** Brings every environment to where a snapshot of as many was taken. */
  restore(snapshots: readonly EnvSnapshot[]): void {
    if (snapshots.length !== this.numEnvs) {
      throw new RangeError(`restore: expected ${this.numEnvs} environments, got ${snapshots.length}`);
    }
    snapshots.forEach(({ path, distances }, i) => {
      this.#start(i, path);
      const episode = this.#episodes[i]!;
      this.#history[i]!.set(distances);
      for (let at = 0; at < distances.length; at += 2) {
        episode.advance(distances[at]!, distances[at + 1]!);
        this.#sums[i] = this.#sums[i]! + episode.reward;
      }
      episode.observe(this.observations, i * this.settings.features.length);
    });
  }

  #start(i: number, path: number): void {
    const episode = this.#episodes[i]!;
    this.#paths[i] = path;
    this.#sums[i] = 0;
    episode.start(path);
    episode.observe(this.observations, i * this.settings.features.length);
  }
}
