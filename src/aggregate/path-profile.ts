import type { Trajectory } from '../simulate/walk/recorder.ts';
import { mean, quantileSorted } from './checked-statistics.ts';

/** A quantity over time: its mean over paths and the band that holds the middle 90 % of them, at each time. */
export interface TimeBand {
  readonly mean: Float64Array;
  readonly p05: Float64Array;
  readonly p50: Float64Array;
  readonly p95: Float64Array;
}

/** How PnL (price units × units) and inventory (units) spread over time. */
export interface PathProfile {
  /** Paths that it is made of. */
  readonly paths: number;
  /** Ascending from 0 to T. */
  readonly times: Float64Array;
  readonly pnl: TimeBand;
  readonly inventory: TimeBand;
}

/** n + 1 times 0, T/n … T. */
export function profileTimes(T: number, n = 100): Float64Array {
  return Float64Array.from({ length: n + 1 }, (_, i) => (i === n ? T : (i * T) / n));
}

/**
 * Gathers PnL and inventory of paths at given times: at each the latest entry of the trajectory, which in the event scheme
 * is as of the latest market order. Holds two numbers for each path and time.
 */
export class ProfileAccumulator {
  readonly #times: Float64Array;
  readonly #pnl: number[][];
  readonly #inventory: number[][];
  #paths = 0;

  /** @param times ascending, the first one 0 */
  constructor(times: Float64Array) {
    this.#times = times;
    this.#pnl = Array.from(times, () => []);
    this.#inventory = Array.from(times, () => []);
  }

  add({ t, pnl, inventory }: Trajectory): void {
    let entry = 0;
    for (let i = 0; i < this.#times.length; i++) {
      // An entry that is late by rounding alone is of this time.
      const until = this.#times[i]! * (1 + 1e-9);
      while (entry + 1 < t.length && t[entry + 1]! <= until) entry++;
      this.#pnl[i]?.push(pnl[entry]!);
      this.#inventory[i]?.push(inventory[entry]!);
    }
    this.#paths++;
  }

  /** @throws RangeError where no path was added */
  finish(): PathProfile {
    return {
      paths: this.#paths,
      times: this.#times,
      pnl: bandOf(this.#pnl),
      inventory: bandOf(this.#inventory),
    };
  }
}

function bandOf(samples: readonly (readonly number[])[]): TimeBand {
  const sorted = samples.map((sample) => Float64Array.from(sample).sort());
  const quantile = (p: number): Float64Array => Float64Array.from(sorted, (sample) => quantileSorted(sample, p));
  return {
    // In path order, as all sums over paths are.
    mean: Float64Array.from(samples, (sample) => mean(Float64Array.from(sample))),
    p05: quantile(0.05),
    p50: quantile(0.5),
    p95: quantile(0.95),
  };
}
