import { monitoringIntervals } from '../event/monitoring.ts';
import { QuoteQueue } from './desk.ts';
import type { Recorder } from './recorder.ts';
import type { Walker } from './walker.ts';

/**
 * The event scheme along one path: from one market order to the next the mid moves by its law, and at each order the
 * maker's quotes are read at (t, q, S), as they were `latency` ago where there is one. No time is discretised, unless by the
 * midprice itself.
 */
export function walkEvents(walker: Walker, recorder?: Recorder): void {
  const { desk, account, process, orders } = walker;
  const { T, S0, drawdown_dt, latency } = walker.cell.market;
  const intervals = monitoringIntervals(T, drawdown_dt);
  const stale = latency > 0 ? new StaleQuotes(walker, latency) : undefined;
  let t = 0;
  let S = S0;
  let monitored = 0;
  let monitorAt = intervals === 1 ? T : T / intervals;
  stale?.begin(S);
  recorder?.record(0, S, Number.NaN, Number.NaN, account.inventory, 0, 0);
  orders.advance();
  for (;;) {
    const next = Math.min(orders.time, monitorAt, stale?.nextLook ?? Number.POSITIVE_INFINITY);
    if (next > t) {
      const moved = process.advance(S, next - t);
      account.move(moved - S, next - t);
      S = moved;
      t = next;
    }
    if (next === monitorAt) {
      account.monitor();
      recorder?.record(t, S, Number.NaN, Number.NaN, account.inventory, account.pnl, 0);
      if (++monitored === intervals) return;
      monitorAt = monitored === intervals - 1 ? T : ((monitored + 1) * T) / intervals;
      continue;
    }
    if (stale !== undefined && next === stale.nextLook) {
      stale.look(t, S);
      continue;
    }
    const { side, mark } = orders;
    if (stale === undefined) desk.quote(t, account.inventory, S);
    else stale.arrive(S);
    const distance = (stale ?? desk).distances[side]!;
    const direction = side === 0 ? 1 : -1;
    const mid = S;
    let fill = 0;
    if (walker.mayTrade(direction, account.lots) && mark < walker.reachOf(distance)) {
      S += account.fill(direction, distance);
      fill = direction;
    }
    if (recorder !== undefined) {
      const [bid, ask] = (stale ?? desk).distances;
      recorder.record(t, S, mid - bid!, mid + ask!, account.inventory, account.pnl, fill);
    }
    orders.advance();
  }
}

/** Quotes that act a latency after they were made: those that meet an order at time τ are of the state at τ − latency. */
class StaleQuotes {
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
