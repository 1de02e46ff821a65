import type { ModelParameters } from '../../config/experiment.ts';
import type { RewardType } from '../../config/rl-schema.ts';
import { expm1 } from '../../util/elementary.ts';

/** Turns what a step did to the account into a reward; remembers what it needs of the episode. */
export interface Reward {
  /** Begins an episode. */
  start(): void;
  /**
   * @param change of mark-to-market PnL over the step, price units × units
   * @param q inventory that the step's price move met, units
   * @param dt length of the step
   * @param last true at the horizon, where the terminal cost φ q² falls due
   */
  of(change: number, q: number, dt: number, last: boolean): number;
}

/** @param window changes that the reward `sharpe` looks back on */
export function createReward(type: RewardType, model: ModelParameters, window: number): Reward {
  const { gamma, phi, running } = model;
  switch (type) {
    case 'pnl':
      return { start() {}, of: (change) => change };
    case 'inventory_penalty':
      return { start() {}, of: (change, q, dt, last) => change - q * q * (running * dt + (last ? phi : 0)) };
    case 'exponential_utility':
      return gamma === 0 ? createReward('inventory_penalty', model, window) : new UtilityReward(gamma, phi, running);
    case 'sharpe':
      return new SharpeReward(window);
  }
}

/**
 * Changes of U(W) = (1 − e^(−γW))/γ, W being PnL less the running penalty and, at the horizon, the terminal cost. They sum
 * to U(W_T), whose expectation the HJB equation at γ maximises: E U = (1 − e^(−γθ(0, q0)))/γ.
 */
class UtilityReward implements Reward {
  readonly #gamma: number;
  readonly #phi: number;
  readonly #running: number;
  #wealth = 0;
  #utility = 0;

  constructor(gamma: number, phi: number, running: number) {
    this.#gamma = gamma;
    this.#phi = phi;
    this.#running = running;
  }

  start(): void {
    this.#wealth = 0;
    this.#utility = 0;
  }

  of(change: number, q: number, dt: number, last: boolean): number {
    this.#wealth += change - q * q * (this.#running * dt + (last ? this.#phi : 0));
    const utility = -expm1(-this.#gamma * this.#wealth) / this.#gamma;
    const gained = utility - this.#utility;
    this.#utility = utility;
    return gained;
  }
}

/** Mean over sample standard deviation of the latest changes of PnL, not annualised; 0 as long as it is not defined. */
class SharpeReward implements Reward {
  readonly #changes: Float64Array;
  #count = 0;

  constructor(window: number) {
    this.#changes = new Float64Array(window);
  }

  start(): void {
    this.#count = 0;
  }

  of(change: number): number {
    const changes = this.#changes;
    changes[this.#count++ % changes.length] = change;
    const n = Math.min(this.#count, changes.length);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += changes[i]!;
    const mean = sum / n;
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (changes[i]! - mean) * (changes[i]! - mean);
    return n > 1 && squares > 0 ? mean / Math.sqrt(squares / (n - 1)) : 0;
  }
}
