import type { StatisticsMode } from '../config/experiment.ts';
import { sortedCopy } from './checked-statistics.ts';
import { type OrderStatistics, sortedStatistics } from './order-statistics.ts';
import { QuantileSketch } from './quantile-sketch.ts';

/**
 * The order statistics of a column that comes in chunks: from the one sorted chunk in exact mode, from a sketch, centred and
 * scaled by the first chunk, in sketch mode.
 */
export class OrderAccumulator {
  readonly #mode: StatisticsMode;
  #order: OrderStatistics | QuantileSketch | undefined;

  constructor(mode: StatisticsMode) {
    this.#mode = mode;
  }

  /**
   * Adds the first chunk and returns its order statistics.
   * @param spread of the column, for one that is nearly always the same; may be 0 or NaN
   */
  start(chunk: Float64Array, spread: number): OrderStatistics {
    const sorted = sortedStatistics(sortedCopy(chunk));
    if (this.#mode === 'exact') this.#order = sorted;
    else {
      const median = sorted.quantile(0.5);
      const scale = (sorted.quantile(0.95) - sorted.quantile(0.05)) / 2 || spread || Math.abs(median) || 1;
      const sketch = new QuantileSketch(median, scale);
      sketch.add(chunk);
      this.#order = sketch;
    }
    return sorted;
  }

  /** Adds a further chunk. @throws RangeError in exact mode */
  add(chunk: Float64Array): void {
    if (!(this.#order instanceof QuantileSketch)) {
      throw new RangeError('exact statistics: expected all paths in one chunk');
    }
    this.#order.add(chunk);
  }

  /** The order statistics of all chunks; undefined where there was none. */
  finish(): OrderStatistics | undefined {
    return this.#order instanceof QuantileSketch ? this.#order.statistics() : this.#order;
  }
}
