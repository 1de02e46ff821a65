import { z } from 'zod';
import { MAX_RATE, nonNegative } from '../../config/fields.ts';
import { checkPoints, interpolate, MAX_POINTS } from '../piecewise-linear.ts';
import type { Key } from '../random/threefry.ts';
import { type ArrivalDefinition, defineArrivals } from './order-flow.ts';
import { SymmetricFlow } from './symmetric-flow.ts';

interface Table {
  readonly times: readonly number[];
  readonly factors: readonly number[];
}

/** Market orders at the rate A · f(t), the same on both sides and independent, f the line through a table's points. */
export const schedule: ArrivalDefinition = defineArrivals({
  type: 'schedule',
  summary: 'market orders at the rate A f(t), f given by a table and linear between its points',
  params: z
    .strictObject({
      times: z
        .array(nonNegative('time', MAX_RATE))
        .min(1)
        .max(MAX_POINTS)
        .describe('the times of the table, ascending, units of time; f stays at its end values before and after them'),
      factors: z
        .array(nonNegative('factor', MAX_RATE))
        .min(1)
        .max(MAX_POINTS)
        .describe('f at these times: the rate of market orders as a multiple of A'),
    })
    .superRefine((table, context) => checkPoints(table, 'times', 'factors', context)),
  pathwise: true,
  createFlow: (table, { A }, ceiling, key) => new ScheduledFlow(A, new Factor(table), ceiling, key),
  createRate: (table, { A }) => {
    const factor = new Factor(table);
    return (t) => A * factor.at(t);
  },
  expectedOrders: (table, { A, T }) => A * new Factor(table).integral(T),
});

/** f on [0, ∞): the table with a point at 0. */
class Factor {
  readonly times: Float64Array;
  readonly values: Float64Array;

  constructor({ times, factors }: Table) {
    const fromStart = times[0] === 0;
    this.times = Float64Array.from(fromStart ? times : [0, ...times]);
    this.values = Float64Array.from(fromStart ? factors : [factors[0]!, ...factors]);
  }

  at(t: number): number {
    return interpolate(t, this.times, this.values);
  }

  /** ∫ f dt over [0, T]. */
  integral(T: number): number {
    let sum = 0;
    for (let i = 0; i < this.times.length && this.times[i]! < T; i++) {
      const end = Math.min(T, this.times[i + 1] ?? T);
      sum += 0.5 * (this.values[i]! + this.at(end)) * (end - this.times[i]!);
    }
    return sum;
  }
}

/** The next order comes when ∫ f dt has grown by a standard exponential over 2A · ceiling: exact, by inversion. */
class ScheduledFlow extends SymmetricFlow {
  readonly #times: Float64Array;
  readonly #values: Float64Array;
  readonly #meanGain: number;
  /** The table's interval in which `time` lies. */
  #interval = 0;

  constructor(A: number, { times, values }: Factor, ceiling: number, key: Key) {
    super(ceiling, key);
    this.#times = times;
    this.#values = values;
    this.#meanGain = 1 / (2 * A * ceiling);
  }

  override start(path: number, reversed: boolean): void {
    super.start(path, reversed);
    this.#interval = 0;
  }

  protected override nextTime(): number {
    const times = this.#times;
    const values = this.#values;
    let gain = this.waits.next() * this.#meanGain;
    let t = this.time;
    for (; this.#interval < times.length - 1; this.#interval++) {
      const start = times[this.#interval]!;
      const end = times[this.#interval + 1]!;
      const value = values[this.#interval]!;
      const next = values[this.#interval + 1]!;
      const slope = (next - value) / (end - start);
      const now = value + slope * (t - start);
      const area = 0.5 * (now + next) * (end - t);
      if (gain < area) {
        // The root d of now·d + slope·d²/2 = gain in the form without cancellation.
        const root = Math.sqrt(Math.max(0, now * now + 2 * slope * gain));
        return Math.min(end, t + (2 * gain) / (now + root));
      }
      gain -= area;
      t = end;
    }
    return t + gain / values[times.length - 1]!;
  }
}
