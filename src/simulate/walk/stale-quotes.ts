import { QuoteQueue } from './desk.ts';
import type { Walker } from './walker.ts';

/** Quotes that act a latency after they were made: those that meet an order at time τ are of the state at τ − latency. */
export class StaleQuotes {
  readonly distances = new Float64Array(2);
  readonly #walker: Walker;
  readonly #latency: number;
  readonly #queue = new QuoteQueue();

  constructor(walker: Walker, latency: number) {
    this.#walker = walker;
    this.#latency = latency;
  }

  /** When the maker next looks at the market. */
  get nextLook(): number {
    return this.#walker.aheadOrders.time - this.#latency;
  }

  /** The quotes of time 0 are in place from the start. */
  begin(S: number): void {
    const { desk, account, aheadOrders } = this.#walker;
    desk.quote(0, account.inventory, S);
    const [bid, ask] = desk.distances;
    this.#queue.clear();
    aheadOrders.advance();
    while (this.nextLook <= 0) {
      this.#queue.push(S - bid!, S + ask!);
      aheadOrders.advance();
    }
  }

  look(t: number, S: number): void {
    const { desk, account, aheadOrders } = this.#walker;
    desk.quote(t, account.inventory, S);
    this.#queue.push(S - desk.distances[0]!, S + desk.distances[1]!);
    aheadOrders.advance();
  }

  /** Writes to `distances` those from the mid S at which the order at hand finds the quotes. */
  arrive(S: number): void {
    const { distances } = this;
    this.#queue.shift(distances);
    distances[0] = S - distances[0]!;
    distances[1] = distances[1]! - S;
  }
}
