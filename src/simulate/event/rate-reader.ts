import type { SimulatorParameters } from '../../config/experiment.ts';
import { intensity } from '../../solve/intensity.ts';
import type { QuoteRule } from '../../strategies/strategy.ts';
import { fillGain } from '../fill-gain.ts';
import { readQuotes } from '../read-quotes.ts';

/**
 * A quote so far through the mid that it would fill sooner than T / 1e8 fills at that rate instead: the delay is far below
 * anything that matters, and rates stay small enough to be added up in floating point.
 */
const MOST_FILLS = 1e8;

/** Reads a rule's fill intensities and earnings at any time, interleaved: bid of inventory j at 2j, ask at 2j + 1. */
export class RateReader {
  readonly #simulator: SimulatorParameters;
  readonly #rule: QuoteRule;
  readonly #inventories: Float64Array;
  readonly #bounded: boolean;
  readonly #bid: Float64Array;
  readonly #ask: Float64Array;

  /** @param bounded whether the inventories' ends are the inventory bound, where one side is not quoted */
  constructor(simulator: SimulatorParameters, rule: QuoteRule, inventories: Float64Array, bounded: boolean) {
    this.#simulator = simulator;
    this.#rule = rule;
    this.#inventories = inventories;
    this.#bounded = bounded;
    this.#bid = new Float64Array(inventories.length);
    this.#ask = new Float64Array(inventories.length);
  }

  /** Numbers that one reading fills. */
  get length(): number {
    return 2 * this.#inventories.length;
  }

  /**
   * Fills rates (fills per unit of time) and earnings (rate × the fill's jump of PnL) at time t.
   * @throws QuoteError as readQuotes
   */
  read(t: number, rates: Float64Array, earnings: Float64Array): void {
    const { A, T } = this.#simulator;
    const mostRate = Math.max(A, MOST_FILLS / T);
    readQuotes(this.#rule, t, this.#inventories, this.#bounded, this.#bid, this.#ask);
    for (let at = 0; at < rates.length; at++) {
      const isBid = (at & 1) === 0;
      const distance = isBid ? this.#bid[at >> 1]! : this.#ask[at >> 1]!;
      const rate = Math.min(intensity(this.#simulator, distance), mostRate);
      rates[at] = rate;
      earnings[at] =
        rate === 0 ? 0 : rate * fillGain(this.#simulator, isBid ? 'bid' : 'ask', distance, this.#inventories[at >> 1]!);
    }
  }
}
