import { ExponentialStream, UniformStream } from '../random/path-stream.ts';
import { Role } from '../random/roles.ts';
import type { Key } from '../random/threefry.ts';
import { type OrderFlow, Side } from './order-flow.ts';

/** Market orders that come at the same rate on both sides at any time, so that the side is a fair coin. */
export abstract class SymmetricFlow implements OrderFlow {
  time = 0;
  side: Side = Side.bid;
  mark = 0;
  protected readonly waits: ExponentialStream;
  readonly #marks: UniformStream;
  readonly #ceiling: number;

  constructor(ceiling: number, key: Key) {
    this.#ceiling = ceiling;
    this.waits = new ExponentialStream(key, Role.orderWait, Role.orderWaitRejected);
    this.#marks = new UniformStream(key, Role.orderMark);
  }

  start(path: number, reversed: boolean): void {
    this.time = 0;
    this.waits.start(path, reversed);
    this.#marks.start(path, reversed);
  }

  advance(): void {
    this.time = this.nextTime();
    // The first bit is the side, the others are the mark.
    const twice = 2 * this.#marks.next();
    this.side = twice < 1 ? Side.bid : Side.ask;
    this.mark = (twice < 1 ? twice : twice - 1) * this.#ceiling;
  }

  /** When the order after `time` comes, on either side; Infinity where there is none. */
  protected abstract nextTime(): number;
}
