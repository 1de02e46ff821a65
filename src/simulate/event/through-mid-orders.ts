import { log } from '../../util/elementary.ts';
import type { EventCell } from '../block-request.ts';
import { Role } from '../random/roles.ts';
import { fillWords } from '../random/threefry.ts';
import { unit } from '../random/ziggurat.ts';

const words = new Int32Array(4);

/**
 * The market orders that stop short of the mid and so fill only quotes through it (δ < 0). Between two changes of the
 * inventory they come with the intensity by which its quotes exceed A, so that the time of the next one is had by
 * inverting the cumulative hazard: the t with ∫ excess = a standard exponential. Waiting times are memoryless: a change
 * of the inventory simply draws the next one anew. Most strategies never quote through the mid; then there are none.
 */
export class ThroughMidOrders {
  /** False where no quote of the cell is through the mid. */
  readonly active: boolean;
  readonly #cell: EventCell;
  readonly #width: number;
  #stream = 0;
  #drawn = 0;
  #mark = 0;

  constructor(cell: EventCell) {
    this.#cell = cell;
    this.#width = 2 * cell.reach + 1;
    this.active = cell.hazard.subarray(cell.rows * this.#width).some((total) => total > 0);
  }

  /** Begins a path; returns the time of its first order, +Infinity where there is none. */
  start(stream: number, lots: number): number {
    this.#stream = stream;
    this.#drawn = 0;
    return this.active ? this.next(0, lots) : Number.POSITIVE_INFINITY;
  }

  /** The time of the next order after `time` at an inventory of `lots`; +Infinity where none comes before T. */
  next(time: number, lots: number): number {
    const { key, hazard, rows, T, reach } = this.#cell;
    const width = this.#width;
    const column = lots + reach;
    const total = hazard[rows * width + column]!;
    if (total === 0) return Number.POSITIVE_INFINITY;
    fillWords(key, this.#drawn++, this.#stream, 0, Role.throughMid, words, 1);
    this.#mark = unit(words[1]!);
    const row = Math.min(rows - 1, Math.floor((time / T) * rows));
    const from = hazard[row * width + column]!;
    const slope = hazard[(row + 1) * width + column]! - from;
    const target = from + slope * ((time / T) * rows - row) - log(unit(words[0]!));
    if (target >= total) return Number.POSITIVE_INFINITY;
    // The last edge whose hazard is not above the target.
    let low = row;
    let high = rows;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (hazard[middle * width + column]! <= target) low = middle;
      else high = middle;
    }
    const start = hazard[low * width + column]!;
    const part = (target - start) / (hazard[high * width + column]! - start);
    return Math.max(time, ((low + part) / rows) * T);
  }

  /**
   * Where the order under way fills: 2·entry for the bid, 2·entry + 1 for the ask, in proportion to their excess; −1
   * where rounding has put the time into a row that has none.
   */
  fills(entry: number): number {
    const { excess } = this.#cell;
    const bid = excess[2 * entry]!;
    const ask = excess[2 * entry + 1]!;
    if (bid + ask === 0) return -1;
    return this.#mark * (bid + ask) < bid ? 2 * entry : 2 * entry + 1;
  }
}
