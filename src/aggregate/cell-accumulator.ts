import type { StatisticsMode } from '../config/experiment.ts';
import type { PathColumns } from '../simulate/path-columns.ts';
import { centralMoments, type Moments, sampleStd } from './moments.ts';
import { OrderAccumulator } from './order-accumulator.ts';
import type { OrderStatistics } from './order-statistics.ts';
import { checkedColumns, figuresOf, mergeFigures, type PathFigures } from './path-figures.ts';
import { type Pilot, pilotOf } from './pilot.ts';
import type { CellFacts } from './summary.ts';

/** A chunk of a cell's paths, for the comparisons: checked columns and the moments of their PnL. */
export interface AddedChunk {
  readonly columns: PathColumns;
  readonly pnl: Moments;
}

/** What all paths of a cell came to. */
export interface Accumulated {
  readonly figures: PathFigures;
  readonly ordered: OrderStatistics;
  /** Of the largest drawdowns; where they are asked for. */
  readonly drawdowns: OrderStatistics | undefined;
  /** The same for each asset of a portfolio; empty for a single asset. */
  readonly assets: readonly Accumulated[];
}

/**
 * How paths become figures: chunks of one cell's paths are added in path order, and their memory is free again after each;
 * `finish` gives what a summary is made of. Everything but the order statistics merges exactly. Those come from the one sorted
 * chunk in exact mode, and from a sketch, centred and scaled by the first chunk, in sketch mode.
 */
export class CellAccumulator {
  readonly #facts: CellFacts;
  readonly #order: OrderAccumulator;
  readonly #drawdowns: OrderAccumulator | undefined;
  readonly #assets: readonly CellAccumulator[];
  #pilot: Pilot | undefined;
  #figures: PathFigures | undefined;

  constructor(facts: CellFacts, mode: StatisticsMode) {
    this.#facts = facts;
    this.#order = new OrderAccumulator(mode);
    this.#drawdowns = facts.risk?.measures.drawdown === true ? new OrderAccumulator(mode) : undefined;
    this.#assets = (facts.assets ?? []).map((asset) => new CellAccumulator(asset, mode));
  }

  /**
   * Adds the next chunk; O(n log n) for the first, O(n) for the others.
   * @throws RangeError if there is no path, a column holds a number that is not finite (naming column and path), or a
   * second chunk is added in exact mode
   */
  add(chunk: PathColumns): AddedChunk {
    const columns = checkedColumns(chunk);
    const pnl = centralMoments(columns.pnl);
    const pilot = this.#sort(columns, pnl);
    const figures = figuresOf(columns, this.#facts, pnl, pilot);
    this.#figures = this.#figures === undefined ? figures : mergeFigures(this.#figures, figures, this.#facts.gamma);
    this.#assets.forEach((asset, i) => {
      const own = columns.assets?.[i];
      if (own === undefined) throw new Error(`the paths lack asset ${i} of the portfolio`);
      asset.add(own);
    });
    return { columns, pnl };
  }

  /** The figures of all chunks. @throws RangeError if none was added */
  finish(): Accumulated {
    const [figures, ordered] = [this.#figures, this.#order.finish()];
    if (figures === undefined || ordered === undefined)
      throw new RangeError('summary: expected at least one path, got none');
    const drawdowns = this.#drawdowns?.finish();
    return { figures, ordered, drawdowns, assets: this.#assets.map((asset) => asset.finish()) };
  }

  /** Adds to the order statistics; the pilot is taken of the first chunk. */
  #sort({ pnl, maxDrawdown }: PathColumns, moments: Moments): Pilot {
    if (this.#drawdowns !== undefined && maxDrawdown === undefined) {
      throw new RangeError('drawdowns: PnL was not monitored on the way');
    }
    if (this.#pilot !== undefined) {
      this.#order.add(pnl);
      if (maxDrawdown !== undefined) this.#drawdowns?.add(maxDrawdown);
      return this.#pilot;
    }
    const std = sampleStd(moments);
    const sorted = this.#order.start(pnl, std);
    const drawdowns = maxDrawdown && this.#drawdowns?.start(maxDrawdown, std);
    this.#pilot = pilotOf(sorted, drawdowns, moments, pnl, this.#facts);
    return this.#pilot;
  }
}
