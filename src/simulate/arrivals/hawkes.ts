import { z } from 'zod';
import { hints, MAX_RATE, nonNegative, positive } from '../../config/fields.ts';
import { exp, expm1, log1p } from '../../util/elementary.ts';
import { ExponentialStream, UniformStream } from '../random/path-stream.ts';
import { Role } from '../random/roles.ts';
import type { Key } from '../random/threefry.ts';
import { type ArrivalDefinition, defineArrivals, type OrderFlow, Side } from './order-flow.ts';

const CURE = { cure: 'self and cross are mean numbers of followers; lower them until their sum is below 1' };

/**
 * Market orders that excite further ones: a bivariate Hawkes process with exponential kernel (Hawkes, *Biometrika* 58,
 * 1971; for market making, Cartea, Jaimungal & Ricci 2014). The rate of side i is A + eᵢ(t), deᵢ = −decay eᵢ dt, and an
 * order adds self · decay to the e of its own side, cross · decay to the other's, so that it is followed by self further
 * orders of its own side on average, and by cross of the other, directly.
 */
export const hawkes: ArrivalDefinition = defineArrivals({
  type: 'hawkes',
  summary:
    'market orders that excite further ones: from the rate A, each order brings self + cross others on average, soon after it',
  params: z
    .strictObject({
      self: nonNegative('mean number of further orders on its own side that an order brings directly')
        .register(hints, CURE)
        .default(0.5),
      cross: nonNegative('the same for orders on the other side; self + cross < 1').default(0.1),
      decay: positive('rate at which the excitement fades, 1 / time', MAX_RATE).default(10),
      start: z
        .enum(['baseline', 'mean'])
        .default('baseline')
        .describe('the rates at time 0: baseline A, or mean, their long-run mean A / (1 - self - cross)'),
    })
    .refine(({ self, cross }) => self + cross < 1, {
      path: ['self'],
      message: 'self + cross below 1',
    }),
  pathwise: true,
  randomRate: true,
  createFlow: (params, { A }, ceiling, key) => new HawkesFlow(A, params, ceiling, key),
  /**
   * With n = self + cross, E λ(t) = A/(1 − n) − (A n/(1 − n)) e^(−decay (1 − n) t) from the baseline; here its integral in a
   * form without cancellation.
   */
  expectedOrders: ({ self, cross, decay, start }, { A, T }) => {
    const n = self + cross;
    if (start === 'mean') return (A * T) / (1 - n);
    return A * T * (1 + n * decay * T * secondExponential(decay * (1 - n) * T));
  },
});

/** (x − 1 + e^(−x))/x², which is 1/2 − x/6 + x²/24 − …; the series' first neglected term at 0.01 is 2.5e-17. */
function secondExponential(x: number): number {
  if (x > 0.01) return (x + expm1(-x)) / (x * x);
  return 1 / 2 - x * (1 / 6 - x * (1 / 24 - x * (1 / 120 - x * (1 / 720 - x / 5040))));
}

interface Kernel {
  readonly self: number;
  readonly cross: number;
  readonly decay: number;
  readonly start: 'baseline' | 'mean';
}

/**
 * Exact simulation after Dassios & Zhao (*Electron. Commun. Probab.* 18(62), 2013): the next order is the earlier of one
 * at the constant rate 2A and one at the fading rate E e^(−decay t), E = e_bid + e_ask, whose waiting time may be infinite.
 * Candidates come `ceiling` times as fast; those with marks from 1 up are no orders of the process and excite nothing.
 */
class HawkesFlow implements OrderFlow {
  time = 0;
  side: Side = Side.bid;
  mark = 0;
  readonly #A: number;
  readonly #decay: number;
  readonly #ceiling: number;
  readonly #selfJump: number;
  readonly #crossJump: number;
  readonly #startExcitement: number;
  readonly #waits: ExponentialStream;
  readonly #marks: UniformStream;
  #bid = 0;
  #ask = 0;

  constructor(A: number, { self, cross, decay, start }: Kernel, ceiling: number, key: Key) {
    this.#A = A;
    this.#decay = decay;
    this.#ceiling = ceiling;
    this.#selfJump = self * decay;
    this.#crossJump = cross * decay;
    this.#startExcitement = start === 'mean' ? (A * (self + cross)) / (1 - self - cross) : 0;
    this.#waits = new ExponentialStream(key, Role.orderWait, Role.orderWaitRejected);
    this.#marks = new UniformStream(key, Role.orderMark);
  }

  start(path: number, reversed: boolean): void {
    this.time = 0;
    this.#bid = this.#startExcitement;
    this.#ask = this.#startExcitement;
    this.#waits.start(path, reversed);
    this.#marks.start(path, reversed);
  }

  advance(): void {
    const baseWait = this.#waits.next() / (2 * this.#A * this.#ceiling);
    const spent = (this.#waits.next() * this.#decay) / ((this.#bid + this.#ask) * this.#ceiling);
    const wait = spent < 1 ? Math.min(baseWait, -log1p(-spent) / this.#decay) : baseWait;
    this.time += wait;
    if (wait === Number.POSITIVE_INFINITY) return;
    const faded = exp(-this.#decay * wait);
    this.#bid *= faded;
    this.#ask *= faded;
    this.#take(this.#marks.next());
  }

  /** One uniform decides the side, by the sides' rates, and what is left of it is the mark. */
  #take(uniform: number): void {
    const bidRate = this.#A + this.#bid;
    const askRate = this.#A + this.#ask;
    const place = uniform * (bidRate + askRate);
    const isBid = place < bidRate;
    this.side = isBid ? Side.bid : Side.ask;
    this.mark = (isBid ? place / bidRate : (place - bidRate) / askRate) * this.#ceiling;
    if (this.mark >= 1) return;
    this.#bid += isBid ? this.#selfJump : this.#crossJump;
    this.#ask += isBid ? this.#crossJump : this.#selfJump;
  }
}
