/** Largest fall of a PnL from its running maximum, which starts at 0, over the times at which it is looked at. */
export class Drawdown {
  largest = 0;
  #peak = 0;

  start(): void {
    this.largest = 0;
    this.#peak = 0;
  }

  see(pnl: number): void {
    this.#peak = Math.max(this.#peak, pnl);
    this.largest = Math.max(this.largest, this.#peak - pnl);
  }
}
