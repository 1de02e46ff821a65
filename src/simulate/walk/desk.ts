import type { PathPolicy } from '../../strategies/policy.ts';

/**
 * The maker's desk: asks the policy for quotes and puts them on the exchange's terms. Quotes are rounded to the tick away
 * from the mid, and one that has become stale by latency is at its old price.
 */
export class Desk {
  /** Distances of the latest bid and ask from the mid at which they were quoted. */
  readonly distances = new Float64Array(2);
  readonly #policy: PathPolicy;
  readonly #tick: number | null;

  constructor(policy: PathPolicy, tick: number | null) {
    this.#policy = policy;
    this.#tick = tick;
  }

  start(): void {
    this.#policy.start();
  }

  /** Writes the quotes at (t, q, S) to `distances`. */
  quote(t: number, q: number, S: number): void {
    const { distances } = this;
    this.#policy.quote(t, q, S, distances);
    const tick = this.#tick;
    if (tick === null) return;
    // Prices that are multiples of the tick up to rounding stay where they are.
    distances[0] = S - tick * Math.floor((S - distances[0]!) / tick + 1e-9);
    distances[1] = tick * Math.ceil((S + distances[1]!) / tick - 1e-9) - S;
  }
}

/** Prices on their way to the exchange, first in, first out: two numbers an entry, bid and ask. */
export class QuoteQueue {
  #prices = new Float64Array(64);
  #head = 0;
  #length = 0;

  clear(): void {
    this.#head = 0;
    this.#length = 0;
  }

  push(bid: number, ask: number): void {
    if (this.#length === this.#prices.length) this.#grow();
    const at = (this.#head + this.#length) % this.#prices.length;
    this.#prices[at] = bid;
    this.#prices[at + 1] = ask;
    this.#length += 2;
  }

  /** Writes the oldest entry to out[0] and out[1] and drops it. There must be one. */
  shift(out: Float64Array): void {
    out[0] = this.#prices[this.#head]!;
    out[1] = this.#prices[this.#head + 1]!;
    this.#head = (this.#head + 2) % this.#prices.length;
    this.#length -= 2;
  }

  #grow(): void {
    const larger = new Float64Array(2 * this.#prices.length);
    for (let i = 0; i < this.#length; i++) larger[i] = this.#prices[(this.#head + i) % this.#prices.length]!;
    this.#prices = larger;
    this.#head = 0;
  }
}
