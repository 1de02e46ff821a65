import type { ModelParameters, Scenario, SimulatorParameters } from '../config/experiment.ts';
import { requireMarkov } from '../exact/markov.ts';
import { NoExactLawError } from '../exact/no-exact-law-error.ts';
import { timeStepsOf } from '../plan/time-steps.ts';
import { latticeInventories, latticeOf } from '../simulate/lattice.ts';
import { type DistanceRange, distanceOfLevel } from '../strategies/ppo/action-range.ts';
import { exp, expm1, log1p } from '../util/elementary.ts';
import { distanceRange } from './env/actions.ts';
import { rlOf } from './env/settings.ts';

/** Most steps × inventories: more take longer than a figure is worth, some 10 s. */
const MOST_STATES = 100_000;
/** The golden section of an interval. */
const GOLDEN = 0.6180339887498949;
/** Width of the last interval that a maximum is looked for in, over that of the range: the value is then exact to rounding. */
const NARROW = 1e-7;
/** A round that gains less, relatively, is the last one. */
const PRECISION = 1e-11;
/** Most rounds of one side after the other; they converge in a few, since the sides hardly touch each other. */
const ROUNDS = 50;

/**
 * The largest value that any actions of the environment have, in its own discrete time and action space: backward induction
 * over its steps and inventories (Bellman). In units of θ(0, q0): a certainty equivalent at γ > 0, else an expectation.
 * NaN where the market is no Markov chain of the inventory, or has more than 100,000 steps × inventories.
 */
export function stepOptimum(scenario: Scenario): number {
  const { simulator, model } = scenario;
  if (!isPlain(scenario) || simulator.Q_max === null) return Number.NaN;
  const { action_levels: levels } = rlOf(scenario);
  const range = distanceRange(model, rlOf(scenario));
  const { count, dt } = timeStepsOf(simulator);
  const lattice = latticeOf(simulator, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  const inventories = latticeInventories(lattice, simulator.order_size);
  if (count * inventories.length > MOST_STATES) return Number.NaN;
  const step = new Step(simulator, model, dt);
  const search = levels === null ? new Search(range) : new LevelSearch(range, levels);
  let values = Float64Array.from(inventories, (q) => -model.phi * q * q);
  for (let i = 0; i < count; i++) {
    const after = values.map((value, j) => value + step.carry(inventories[j]!));
    values = after.map((value, j) => {
      const up = j + 1 < after.length ? after[j + 1]! - value : undefined;
      const down = j > 0 ? after[j - 1]! - value : undefined;
      return value + search.largest((bid, ask) => step.gain(bid, ask, up, down));
    });
  }
  return values[lattice.start + lattice.reach]!;
}

function isPlain(scenario: Scenario): boolean {
  const { simulator } = scenario;
  const stepped = { ...scenario, index: 0, point: {}, simulator: { ...simulator, scheme: 'stepped' as const } };
  try {
    requireMarkov({ scenario: stepped, strategy: { type: 'constant', name: 'constant', params: {} } });
  } catch (error) {
    if (error instanceof NoExactLawError) return false;
    throw error;
  }
  return simulator.midprice.type === 'brownian' && simulator.impact === 0;
}

/** One step of the stepped scheme: each side fills by itself, then the price moves. */
class Step {
  readonly #market: SimulatorParameters;
  readonly #model: ModelParameters;
  readonly #dt: number;

  constructor(market: SimulatorParameters, model: ModelParameters, dt: number) {
    this.#market = market;
    this.#model = model;
    this.#dt = dt;
  }

  /** What holding q over the step is worth: (μq − ζq² − ½γσ²q²) dt. */
  carry(q: number): number {
    const { mu, sigma } = this.#market;
    const { gamma, running } = this.#model;
    return (mu * q - (running + 0.5 * gamma * sigma * sigma) * q * q) * this.#dt;
  }

  /**
   * What fills at the distances are worth more than none.
   * @param up by how much the value after a fill of the bid alone is higher, the distance left out; undefined at the bound
   * @param down the same of the ask
   */
  gain(bid: number, ask: number, up: number | undefined, down: number | undefined): number {
    const { gamma } = this.#model;
    const { order_size: z, maker_fee: fee } = this.#market;
    const p = up === undefined ? 0 : this.#probability(bid);
    const r = down === undefined ? 0 : this.#probability(ask);
    const [b, a] = [z * (bid - fee), z * (ask - fee)];
    // (e^(−γx) − 1)/−γ, x at γ = 0.
    const utility = (x: number): number => (gamma === 0 ? x : -expm1(-gamma * x) / gamma);
    const mean = p * (1 - r) * utility(b + (up ?? 0)) + r * (1 - p) * utility(a + (down ?? 0)) + p * r * utility(b + a);
    return gamma === 0 ? mean : -log1p(-gamma * mean) / gamma;
  }

  #probability(distance: number): number {
    const { A, k, fill } = this.#market;
    const orders = A * exp(-k * distance) * this.#dt;
    return fill === 'linear' ? Math.min(1, orders) : -expm1(-orders);
  }
}

type Gain = (bid: number, ask: number) => number;

/** One side after the other: in each the gain rises and then falls, its logarithm being concave. */
class Search {
  readonly #range: DistanceRange;
  /** Where the last search ended: the next one is of a neighbour. */
  #bid: number;
  #ask: number;

  constructor(range: DistanceRange) {
    this.#range = range;
    this.#bid = 0.5 * (range.low + range.high);
    this.#ask = this.#bid;
  }

  largest(gain: Gain): number {
    let best = gain(this.#bid, this.#ask);
    for (let round = 0; round < ROUNDS; round++) {
      this.#bid = this.#along((bid) => gain(bid, this.#ask));
      this.#ask = this.#along((ask) => gain(this.#bid, ask));
      const reached = gain(this.#bid, this.#ask);
      const isDone = reached - best <= PRECISION * Math.abs(reached);
      best = Math.max(best, reached);
      if (isDone) break;
    }
    return best;
  }

  /** Where a function that rises and then falls is largest (Kiefer 1953). */
  #along(value: (distance: number) => number): number {
    let { low, high } = this.#range;
    const narrow = NARROW * (high - low);
    let left = high - GOLDEN * (high - low);
    let right = low + GOLDEN * (high - low);
    let [atLeft, atRight] = [value(left), value(right)];
    while (high - low > narrow) {
      if (atLeft >= atRight) {
        [high, right, atRight] = [right, left, atLeft];
        left = high - GOLDEN * (high - low);
        atLeft = value(left);
      } else {
        [low, left, atLeft] = [left, right, atRight];
        right = low + GOLDEN * (high - low);
        atRight = value(right);
      }
    }
    // The maximum may be at an end of the range, which the section comes close to only.
    const ends = [this.#range.low, this.#range.high];
    return ends.reduce((best, end) => (value(end) > value(best) ? end : best), 0.5 * (low + high));
  }
}

/** Every pair of levels. */
class LevelSearch {
  readonly #distances: readonly number[];

  constructor(range: DistanceRange, levels: number) {
    this.#distances = Array.from({ length: levels }, (_, level) => distanceOfLevel(range, levels, level));
  }

  largest(gain: Gain): number {
    return Math.max(...this.#distances.flatMap((bid) => this.#distances.map((ask) => gain(bid, ask))));
  }
}
