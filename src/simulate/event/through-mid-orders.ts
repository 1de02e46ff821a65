import { log } from '../../util/elementary.ts';
import type { EventCell } from '../block-request.ts';
import { Role } from '../random/roles.ts';
import { fillWords } from '../random/threefry.ts';
import { unit } from '../random/ziggurat.ts';

const words = new Int32Array(4);

/**
 * The market orders that stop short of the mid and so fill only quotes through it (δ < 0), by thinning: between two
 * changes of the inventory they come at the largest rate that its quotes can need at any time, A·maxExcess, and each is
 * kept with the share that the quotes in place need. Waiting times are memoryless, so that a change of the inventory
 * simply draws the next one anew. Most strategies never quote through the mid; then there are no such orders.
 */
export class ThroughMidOrders {
  /** False where no quote of the cell is through the mid. */
  readonly active: boolean;
  readonly #cell: EventCell;
  #stream = 0;
  #drawn = 0;
  #mark = 0;
  #bound = 0;

  constructor(cell: EventCell) {
    this.#cell = cell;
    this.active = cell.maxExcess.some((excess) => excess > 0);
  }

  /** Begins a path; returns the time of its first order, +Infinity where there is none. */
  start(stream: number, lots: number): number {
    this.#stream = stream;
    this.#drawn = 0;
    return this.next(0, lots);
  }

  /** The time of the next order after `time` at an inventory of `lots`. */
  next(time: number, lots: number): number {
    const { key, A, maxExcess, reach } = this.#cell;
    this.#bound = maxExcess[lots + reach]!;
    if (this.#bound === 0) return Number.POSITIVE_INFINITY;
    fillWords(key, this.#drawn++, this.#stream, 0, Role.throughMid, words, 1);
    this.#mark = unit(words[1]!) * this.#bound;
    return time - log(unit(words[0]!)) / (A * this.#bound);
  }

  /** Where the order under way fills: 2·entry for the bid, 2·entry + 1 for the ask, −1 where it fills neither. */
  fills(entry: number): number {
    const { excess } = this.#cell;
    const bid = excess[2 * entry]!;
    if (this.#mark < bid) return 2 * entry;
    return this.#mark < bid + excess[2 * entry + 1]! ? 2 * entry + 1 : -1;
  }
}
