import type { Recorder } from './recorder.ts';
import { StaleQuotes } from './stale-quotes.ts';
import type { Walker } from './walker.ts';
import type { Watcher } from './watcher.ts';

/** The path of one asset in the event scheme, from one look at the market to the next. The caller starts the walker first. */
export class EventPath {
  mid = 0;
  readonly #walker: Walker;
  readonly #recorder: Recorder | undefined;
  readonly #watcher: Watcher | undefined;
  readonly #stale: StaleQuotes | undefined;

  constructor(walker: Walker, recorder?: Recorder, watcher?: Watcher) {
    const { latency } = walker;
    this.#walker = walker;
    this.#recorder = recorder;
    this.#watcher = watcher;
    this.#stale = latency > 0 ? new StaleQuotes(walker, latency) : undefined;
  }

  start(): void {
    this.mid = this.#walker.cell.market.S0;
    this.#stale?.begin(this.mid);
    this.#note(0, 0);
    this.#walker.orders.advance();
  }

  /** When the next market order comes. */
  get nextOrder(): number {
    return this.#walker.orders.time;
  }

  /** When the maker next looks at the market, where its quotes take time to act; Infinity otherwise. */
  get nextLook(): number {
    return this.#stale?.nextLook ?? Number.POSITIVE_INFINITY;
  }

  /** Lets a time dt > 0 pass: the mid moves by its law. */
  pass(dt: number): void {
    const { process, account } = this.#walker;
    const moved = process.advance(this.mid, dt);
    account.move(moved - this.mid, dt);
    this.mid = moved;
  }

  /** PnL is looked at, at time t. */
  monitor(t: number): void {
    const { account } = this.#walker;
    account.monitor();
    this.#note(t, account.pnl);
  }

  /** The maker looks at the market, at time t. */
  look(t: number): void {
    this.#stale?.look(t, this.mid);
  }

  /** The market order at hand meets the quotes, at time t. */
  trade(t: number): void {
    const walker = this.#walker;
    const { desk, account, orders } = walker;
    const { side, mark } = orders;
    const { mid } = this;
    if (this.#stale === undefined) desk.quote(t, account.inventory, mid);
    else this.#stale.arrive(mid);
    const { distances } = this.#stale ?? desk;
    const distance = distances[side]!;
    const direction = side === 0 ? 1 : -1;
    const fills = walker.mayTrade(direction, account.lots) && mark < walker.reachOf(distance);
    if (fills) {
      this.mid += account.fill(direction, distance);
      this.#watcher?.traded();
    }
    if (this.#recorder !== undefined) {
      const fill = fills ? direction : 0;
      const [bid, ask] = distances;
      this.#recorder.record(t, this.mid, mid - bid!, mid + ask!, account.inventory, account.pnl, fill);
    }
    orders.advance();
  }

  /** Writes down a state without quotes. */
  #note(t: number, pnl: number): void {
    this.#recorder?.record(t, this.mid, Number.NaN, Number.NaN, this.#walker.account.inventory, pnl, 0);
  }
}
