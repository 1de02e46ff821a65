import type { PathColumns } from '../path-columns.ts';
import type { Account } from '../walk/account.ts';
import { Drawdown } from '../walk/drawdown.ts';
import type { Watcher } from '../walk/watcher.ts';

/** What the assets of a path have come to together. */
export class Ledger implements Watcher {
  readonly #accounts: readonly Account[];
  readonly #drawdown = new Drawdown();
  #maxGross = 0;

  constructor(accounts: readonly Account[]) {
    this.#accounts = accounts;
  }

  /** Begins a path; the accounts have begun. */
  start(): void {
    this.#drawdown.start();
    this.#maxGross = 0;
    this.traded();
  }

  traded(): void {
    let gross = 0;
    for (const { inventory } of this.#accounts) gross += Math.abs(inventory);
    this.#maxGross = Math.max(this.#maxGross, gross);
  }

  monitor(): void {
    this.#drawdown.see(this.#sum('pnl'));
  }

  write(columns: PathColumns, slot: number): void {
    columns.pnl[slot] = this.#sum('pnl');
    columns.integralQ2[slot] = this.#sum('integralQ2');
    columns.fills[slot] = this.#sum('fills');
    columns.finalLots[slot] = this.#sum('inventory');
    columns.maxAbsLots[slot] = this.#maxGross;
    if (columns.maxDrawdown !== undefined) columns.maxDrawdown[slot] = this.#drawdown.largest;
    columns.assets?.forEach((own, i) => {
      this.#accounts[i]!.write(own, slot);
    });
  }

  #sum(figure: 'pnl' | 'integralQ2' | 'fills' | 'inventory'): number {
    let sum = 0;
    for (const account of this.#accounts) sum += account[figure];
    return sum;
  }
}
