import type { PathPolicy } from '../../strategies/policy.ts';
import type { WalkCell } from '../block-request.ts';
import type { Account } from '../walk/account.ts';
import { TimeRowsReader } from '../walk/time-nodes.ts';
import { createPathWalker, type Walker } from '../walk/walker.ts';
import type { JointQuoteTable } from './joint-quote-table.ts';

/** Walkers of two assets whose maker reads both inventories. */
export function createJointWalkers(assets: readonly WalkCell[], table: JointQuoteTable): Walker[] {
  const accounts: Account[] = [];
  const walkers = assets.map((cell, i) => createPathWalker(cell, new JointPolicy(table, i, accounts)));
  accounts.push(...walkers.map(({ account }) => account));
  return walkers;
}

/** One asset's share of a joint table. Past the table's last inventory the reducing side is quoted as at it, and the other is not. */
class JointPolicy implements PathPolicy {
  readonly #reader: TimeRowsReader;
  readonly #reaches: readonly [number, number];
  readonly #firstState: number;
  readonly #accounts: readonly Account[];

  /** @param accounts of both assets; read when quotes are */
  constructor(table: JointQuoteTable, asset: number, accounts: readonly Account[]) {
    const [n1, n2] = table.reaches;
    this.#reader = new TimeRowsReader(table);
    this.#reaches = table.reaches;
    this.#firstState = asset * (2 * n1 + 1) * (2 * n2 + 1);
    this.#accounts = accounts;
  }

  start(): void {
    this.#reader.start();
  }

  quote(t: number, _q: number, _S: number, out: Float64Array): void {
    const [n1, n2] = this.#reaches;
    const i1 = clamp(this.#accounts[0]!.lots, n1) + n1;
    const i2 = clamp(this.#accounts[1]!.lots, n2) + n2;
    this.#reader.readPair(t, 2 * (this.#firstState + i1 * (2 * n2 + 1) + i2), out);
  }
}

function clamp(lots: number, reach: number): number {
  return Math.max(-reach, Math.min(reach, lots));
}
