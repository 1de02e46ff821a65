import type { SimulatorParameters } from '../config/experiment.ts';
import { expm1 } from '../util/elementary.ts';
import { bothSidesJump } from './fill-jump.ts';
import type { FillReader, Fills } from './fill-reader.ts';

/** Equal steps of the horizon, no longer than the configured dt up to rounding. */
export function steppedClock({ T, dt }: SimulatorParameters): { readonly count: number; readonly dt: number } {
  const count = Math.max(1, Math.ceil((T / dt) * (1 - 1e-9)));
  return { count, dt: T / count };
}

/** What happens to each inventory in one step of the stepped scheme, before the price moves. */
export class SteppedFills {
  readonly reader: FillReader;
  readonly count: number;
  readonly dt: number;
  /** Of the latest step read. */
  fills: Fills;
  /** Probabilities of a fill of the bid and of the ask, each side by itself. */
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  /** What both fills together earn beyond the sum of the two. */
  readonly bothJump: number;
  readonly #isLinear: boolean;
  #isRead = false;

  constructor(market: SimulatorParameters, reader: FillReader) {
    const { width } = reader.lattice;
    const { count, dt } = steppedClock(market);
    this.reader = reader;
    this.count = count;
    this.dt = dt;
    this.fills = reader.at(0);
    this.bid = new Float64Array(width);
    this.ask = new Float64Array(width);
    this.bothJump = bothSidesJump(market);
    this.#isLinear = market.fill === 'linear';
  }

  /** Reads step number n: probabilities 1 − e^(−λ dt), or min(1, λ dt). */
  load(n: number): void {
    if (this.#isRead && !this.reader.timeDependent) return;
    this.fills = this.reader.at(n * this.dt);
    for (let j = 0; j < this.bid.length; j++) {
      this.bid[j] = this.#probability(this.fills.bid.rate[j]!);
      this.ask[j] = this.#probability(this.fills.ask.rate[j]!);
    }
    this.#isRead = true;
  }

  #probability(rate: number): number {
    return this.#isLinear ? Math.min(1, rate * this.dt) : -expm1(-rate * this.dt);
  }
}
