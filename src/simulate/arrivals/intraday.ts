import { z } from 'zod';
import { UniformStream } from '../random/path-stream.ts';
import { Role } from '../random/roles.ts';
import type { Key } from '../random/threefry.ts';
import { type ArrivalDefinition, defineArrivals } from './order-flow.ts';
import { SymmetricFlow } from './symmetric-flow.ts';

/**
 * Market orders at a rate with the U-shape of a trading day on [0, T], the same on both sides and independent:
 * A (1 + amplitude · P₂(2t/T − 1)) with the Legendre polynomial P₂(x) = (3x² − 1)/2, whose average over the day is 0.
 */
export const intraday: ArrivalDefinition = defineArrivals({
  type: 'intraday',
  summary:
    'market orders at a U-shaped rate over [0, T] with average A: A (1 + amplitude (3 x^2 - 1) / 2), x = 2 t / T - 1',
  params: z.strictObject({
    amplitude: z
      .number()
      .min(0)
      .max(2)
      .default(0.5)
      .describe(
        'by how much the rate at 0 and T exceeds its average A, as a share of A; at T/2 it is half as much below (0 to 2)',
      ),
  }),
  pathwise: true,
  createFlow: ({ amplitude }, { A, T }, ceiling, key) => new IntradayFlow(A, T, amplitude, ceiling, key),
  createRate:
    ({ amplitude }, { A, T }) =>
    (t) =>
      A * shape(amplitude, t / T),
  expectedOrders: (_params, { A, T }) => A * T,
});

/** The rate at a share of the day over the day's average. */
function shape(amplitude: number, share: number): number {
  const x = 2 * share - 1;
  return 1 + amplitude * (1.5 * x * x - 0.5);
}

/** Candidates at the day's greatest rate are kept with probability rate / greatest (Lewis & Shedler 1979): exact. */
class IntradayFlow extends SymmetricFlow {
  readonly #T: number;
  readonly #amplitude: number;
  readonly #greatest: number;
  readonly #meanWait: number;
  readonly #thinning: UniformStream;

  constructor(A: number, T: number, amplitude: number, ceiling: number, key: Key) {
    super(ceiling, key);
    this.#T = T;
    this.#amplitude = amplitude;
    this.#greatest = shape(amplitude, 0);
    this.#meanWait = 1 / (2 * A * ceiling * this.#greatest);
    this.#thinning = new UniformStream(key, Role.orderThinning);
  }

  override start(path: number, reversed: boolean): void {
    super.start(path, reversed);
    this.#thinning.start(path, reversed);
  }

  protected override nextTime(): number {
    let t = this.time;
    for (;;) {
      t += this.waits.next() * this.#meanWait;
      if (t > this.#T) return Number.POSITIVE_INFINITY;
      if (this.#thinning.next() * this.#greatest < shape(this.#amplitude, t / this.#T)) return t;
    }
  }
}
