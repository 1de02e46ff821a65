import { z } from 'zod';
import type { Key } from '../random/threefry.ts';
import { type ArrivalDefinition, defineArrivals } from './order-flow.ts';
import { SymmetricFlow } from './symmetric-flow.ts';

/** Market orders at the constant rate A on each side, independent of each other (Avellaneda & Stoikov 2008, section 2.5). */
export const poisson: ArrivalDefinition = defineArrivals({
  type: 'poisson',
  summary: 'market orders at the constant rate A on each side',
  params: z.strictObject({}),
  createFlow: (_params, { A }, ceiling, key) => new PoissonFlow(A, ceiling, key),
  createRate:
    (_params, { A }) =>
    () =>
      A,
  expectedOrders: (_params, { A, T }) => A * T,
});

class PoissonFlow extends SymmetricFlow {
  readonly #meanWait: number;

  constructor(A: number, ceiling: number, key: Key) {
    super(ceiling, key);
    this.#meanWait = 1 / (2 * A * ceiling);
  }

  protected override nextTime(): number {
    return this.time + this.waits.next() * this.#meanWait;
  }
}
