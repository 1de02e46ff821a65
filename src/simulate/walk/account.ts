import type { PathColumns } from '../path-columns.ts';
import { Drawdown } from './drawdown.ts';

/** What a path has come to so far: inventory, mark-to-market PnL and what is read off them. */
export class Account {
  lots = 0;
  /** lots × order size. */
  inventory = 0;
  pnl = 0;
  /** ∫ q² dt. */
  integralQ2 = 0;
  fills = 0;
  /** The part of PnL that fills made at once. */
  gained = 0;
  /** Time spent at the inventory bound. */
  boundTime = 0;
  readonly #orderSize: number;
  readonly #fee: number;
  readonly #impact: number;
  readonly #limit: number;
  readonly #drawdown = new Drawdown();
  #maxAbsLots = 0;

  /** @param limit the inventory bound in lots */
  constructor(orderSize: number, fee: number, impact: number, limit: number) {
    this.#orderSize = orderSize;
    this.#fee = fee;
    this.#impact = impact;
    this.#limit = limit;
  }

  start(lots: number): void {
    this.lots = lots;
    this.inventory = lots * this.#orderSize;
    this.pnl = 0;
    this.integralQ2 = 0;
    this.fills = 0;
    this.gained = 0;
    this.boundTime = 0;
    this.#maxAbsLots = Math.abs(lots);
    this.#drawdown.start();
  }

  /** The mid has moved by `change` over a time dt. PnL gains q dS, which equals cash + q S without its cancellation. */
  move(change: number, dt: number): void {
    this.pnl += this.inventory * change;
    this.integralQ2 += this.inventory * this.inventory * dt;
    if (Math.abs(this.lots) === this.#limit) this.boundTime += dt;
  }

  /**
   * One fill at `distance` from the mid; `direction` is +1 for the bid, −1 for the ask. Returns by how much the fill moves
   * the mid, against the maker.
   */
  fill(direction: 1 | -1, distance: number): number {
    const moved = -direction * this.#impact;
    this.lots += direction;
    this.inventory = this.lots * this.#orderSize;
    const gain = this.#orderSize * (distance - this.#fee) + this.inventory * moved;
    this.pnl += gain;
    this.gained += gain;
    this.fills++;
    this.#maxAbsLots = Math.max(this.#maxAbsLots, Math.abs(this.lots));
    return moved;
  }

  /** PnL is looked at for the drawdown. */
  monitor(): void {
    this.#drawdown.see(this.pnl);
  }

  write(columns: PathColumns, slot: number): void {
    columns.pnl[slot] = this.pnl;
    columns.integralQ2[slot] = this.integralQ2;
    columns.fills[slot] = this.fills;
    columns.finalLots[slot] = this.lots;
    columns.maxAbsLots[slot] = this.#maxAbsLots;
    if (columns.fillGains !== undefined) columns.fillGains[slot] = this.gained;
    if (columns.boundTime !== undefined) columns.boundTime[slot] = this.boundTime;
    if (columns.maxDrawdown !== undefined) columns.maxDrawdown[slot] = this.#drawdown.largest;
  }
}
