import type { RewardType } from '../../config/rl-schema.ts';
import type { Episode } from './episode.ts';
import { type EnvOptions, type EnvSettings, envSettings } from './settings.ts';
import type { Box, Discrete } from './spaces.ts';

/** What the market knows beyond the observation; price units, units of inventory. */
export interface StepInfo {
  readonly t: number;
  readonly mid: number;
  readonly inventory: number;
  /** Mark-to-market PnL since the start of the episode, before the terminal cost. */
  readonly pnl: number;
  /** Replays the episode's market: `${seed}/${path}`. */
  readonly seedKey: string;
}

export interface StepResult {
  readonly observation: Float64Array;
  readonly reward: number;
  /** The horizon is reached: what follows is worth nothing. */
  readonly terminated: boolean;
  /** The episode was cut off before it (`max_episode_steps`): what would follow has a value. */
  readonly truncated: boolean;
  readonly info: StepInfo;
}

/**
 * A market to learn quoting in, with the semantics of Gymnasium (Towers et al. 2024): an action is the pair of half spreads
 * [δb, δa] quoted for one step of the stepped scheme, or the number of such a pair. Episode n of a seed is path n of a batch
 * with that seed.
 */
export class MarketMakingEnv {
  readonly observationSpace: Box;
  readonly actionSpace: Box | Discrete;
  /** What it was made of. */
  readonly options: EnvOptions;
  readonly #settings: EnvSettings;
  readonly #distances = new Float64Array(2);
  #seed: number | string;
  #episode: Episode;
  #path = -1;

  /** @throws ConfigError for a wrong parameter */
  constructor(options: EnvOptions = {}) {
    this.options = options;
    this.#settings = envSettings(options);
    this.observationSpace = this.#settings.observationSpace;
    this.actionSpace = this.#settings.actions.space;
    this.#seed = this.#settings.scenario.seed;
    this.#episode = this.#settings.createEpisode(this.#seed);
  }

  /** Begins an episode: the first one of `seed` where it is given, else the next one. */
  reset({ seed }: { readonly seed?: number | string } = {}): {
    readonly observation: Float64Array;
    readonly info: StepInfo;
  } {
    if (seed !== undefined) {
      this.#seed = seed;
      this.#episode = this.#settings.createEpisode(seed);
      this.#path = -1;
    }
    this.#episode.start(++this.#path);
    return { observation: this.#observation(), info: this.#info() };
  }

  /**
   * Quotes for one step.
   * @throws Error before the first `reset` or after the episode's end; RangeError for an action that is none
   */
  step(action: ArrayLike<number> | number): StepResult {
    const episode = this.#episode;
    if (this.#path < 0) throw new Error('step: the environment was not reset (call reset first)');
    if (episode.terminated || episode.truncated) throw new Error('step: the episode has ended (call reset)');
    const given = typeof action === 'number' ? [action] : action;
    const { size } = this.#settings.actions;
    if (given.length !== size) throw new RangeError(`action: expected ${size} numbers, got ${given.length}`);
    this.#settings.actions.read(given, 0, this.#distances);
    episode.advance(this.#distances[0]!, this.#distances[1]!);
    const { reward, terminated, truncated } = episode;
    return { observation: this.#observation(), reward, terminated, truncated, info: this.#info() };
  }

  #observation(): Float64Array {
    const observation = new Float64Array(this.#settings.features.length);
    this.#episode.observe(observation, 0);
    return observation;
  }

  #info(): StepInfo {
    const { time, mid, inventory, pnl } = this.#episode;
    return { t: time, mid, inventory, pnl, seedKey: `${this.#seed}/${this.#path}` };
  }
}

/** An environment with the given parameters, the others as in a config file. Throws ConfigError for a wrong one. */
export function createEnv(options: EnvOptions = {}): MarketMakingEnv {
  return new MarketMakingEnv(options);
}

/** The market and model with every parameter at its default: 1,000 steps, half spreads from 0.001 to 0.1. */
export function createDefaultEnv({
  reward = 'pnl',
  seed = 42,
}: {
  readonly reward?: RewardType;
  readonly seed?: number | string;
} = {}): MarketMakingEnv {
  return new MarketMakingEnv({ reward, seed });
}
