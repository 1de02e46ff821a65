/**
 * A whole path as arrays of equal length. Stepped scheme: an entry at each step's start, with the fills that follow, and one
 * at T. Event scheme: an entry at 0, at each market order, at each monitoring time and at T.
 */
export interface Trajectory {
  readonly t: readonly number[];
  /** Midprice, price units. */
  readonly mid: readonly number[];
  /** Quoted prices; +-Infinity where there is no quote on the side, NaN where none were read. */
  readonly bid: readonly number[];
  readonly ask: readonly number[];
  /** Units; before the step's fills in the stepped scheme, after the order's in the event scheme. */
  readonly inventory: readonly number[];
  /** Cash less that of the start, price units × units. */
  readonly cash: readonly number[];
  /** Mark-to-market PnL. */
  readonly pnl: readonly number[];
  /** +1: the bid filled; −1: the ask; 2: both; 0: neither. */
  readonly fill: readonly number[];
}

/** Writes a trajectory down while a path is walked. */
export class Recorder implements Trajectory {
  readonly t: number[] = [];
  readonly mid: number[] = [];
  readonly bid: number[] = [];
  readonly ask: number[] = [];
  readonly inventory: number[] = [];
  readonly cash: number[] = [];
  readonly pnl: number[] = [];
  readonly fill: number[] = [];
  readonly #startingWealth: number;

  /** @param startingWealth q0 S0, which the cash of a maker with PnL 0 must pay for */
  constructor(startingWealth: number) {
    this.#startingWealth = startingWealth;
  }

  /** Prices of `bid` and `ask`; cash follows from PnL = cash + q S − q0 S0. */
  record(t: number, mid: number, bid: number, ask: number, inventory: number, pnl: number, fill: number): void {
    this.t.push(t);
    this.mid.push(mid);
    this.bid.push(bid);
    this.ask.push(ask);
    this.inventory.push(inventory);
    this.cash.push(pnl - inventory * mid + this.#startingWealth);
    this.pnl.push(pnl);
    this.fill.push(fill);
  }
}
