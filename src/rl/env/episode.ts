import type { Scenario } from '../../config/experiment.ts';
import { prepareWalk } from '../../simulate/walk/prepare-walk.ts';
import { SteppedPath } from '../../simulate/walk/stepped-walk.ts';
import { createPathWalker, type Walker } from '../../simulate/walk/walker.ts';
import type { PathPolicy } from '../../strategies/policy.ts';
import type { ObservedFeature } from './features.ts';
import type { Reward } from './rewards.ts';

/** What an episode is played on. */
export interface EpisodeRules {
  readonly scenario: Scenario;
  readonly features: readonly ObservedFeature[];
  readonly reward: Reward;
  /** Least distance that is ever quoted, price units: how far through the mid market orders are simulated. */
  readonly leastDistance: number;
  /** Steps after which an episode is cut off; null = only at the horizon. */
  readonly maxSteps: number | null;
}

/** Quotes what it was last told. */
class ToldQuotes implements PathPolicy {
  bid = Number.POSITIVE_INFINITY;
  ask = Number.POSITIVE_INFINITY;

  start(): void {}

  quote(_t: number, _q: number, _S: number, out: Float64Array): void {
    out[0] = this.bid;
    out[1] = this.ask;
  }
}

/**
 * One market of the stepped scheme, a step at a time: the walk that the batch takes along path `path` of the seed, so that a
 * learner meets the same laws, ticks, latency, fees and impact.
 */
export class Episode {
  reward = 0;
  /** The horizon T is reached. */
  terminated = false;
  /** The episode was cut off before the horizon. */
  truncated = false;
  readonly #rules: EpisodeRules;
  readonly #quotes = new ToldQuotes();
  readonly #walker: Walker;
  readonly #path: SteppedPath;
  #move = 0;

  constructor(rules: EpisodeRules) {
    const { scenario, leastDistance } = rules;
    const { simulator, model, strategies } = scenario;
    const [strategy] = strategies;
    if (strategy === undefined) throw new Error('the scenario has no strategy');
    const throughMid = simulator.through_mid ?? Math.max(0, -leastDistance);
    this.#rules = rules;
    this.#walker = createPathWalker(prepareWalk({ scenario, strategy }, model, throughMid), this.#quotes);
    this.#path = new SteppedPath(this.#walker);
  }

  /** Begins path `path` of the seed. */
  start(path: number): void {
    this.#walker.start(path);
    this.#path.start();
    this.#rules.reward.start();
    this.#move = 0;
    this.reward = 0;
    this.terminated = false;
    this.truncated = false;
  }

  /** Quotes at distances `bid` and `ask` from the mid for one step. */
  advance(bid: number, ask: number): void {
    const { account } = this.#walker;
    const { reward, maxSteps } = this.#rules;
    const { pnl } = account;
    const { mid } = this.#path;
    this.#quotes.bid = bid;
    this.#quotes.ask = ask;
    this.#path.advance();
    this.#move = this.#path.mid - mid;
    this.terminated = this.#path.step === this.#path.steps;
    this.truncated = !this.terminated && this.#path.step === maxSteps;
    this.reward = reward.of(account.pnl - pnl, account.inventory, this.#path.dt, this.terminated);
  }

  /** Writes the features to out[at], out[at + 1], … */
  observe(out: Float64Array, at: number): void {
    const { features } = this.#rules;
    for (let i = 0; i < features.length; i++) {
      const { feature, centre, scale } = features[i]!;
      const value =
        feature === 'time'
          ? this.time
          : feature === 'inventory'
            ? this.inventory
            : feature === 'price'
              ? this.mid
              : this.#move;
      out[at + i] = (value - centre) / scale;
    }
  }

  /** Steps of an episode that is not cut off. */
  get steps(): number {
    return this.#path.steps;
  }

  /** Steps taken. */
  get step(): number {
    return this.#path.step;
  }

  get time(): number {
    return this.terminated ? this.#walker.cell.market.T : this.#path.step * this.#path.dt;
  }

  get mid(): number {
    return this.#path.mid;
  }

  get inventory(): number {
    return this.#walker.account.inventory;
  }

  get pnl(): number {
    return this.#walker.account.pnl;
  }
}
