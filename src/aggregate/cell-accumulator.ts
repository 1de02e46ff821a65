import type { StatisticsMode } from '../config/experiment.ts';
import type { PathColumns } from '../simulate/path-columns.ts';
import { sortedCopy } from './checked-statistics.ts';
import { centralMoments, type Moments, sampleStd } from './moments.ts';
import { type OrderStatistics, sortedStatistics } from './order-statistics.ts';
import { checkedColumns, figuresOf, mergeFigures, type PathFigures, type Pilot } from './path-figures.ts';
import { QuantileSketch } from './quantile-sketch.ts';
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
  readonly #mode: StatisticsMode;
  readonly #assets: readonly CellAccumulator[];
  #pilot: Pilot | undefined;
  #order: OrderStatistics | QuantileSketch | undefined;
  #figures: PathFigures | undefined;

  constructor(facts: CellFacts, mode: StatisticsMode) {
    this.#facts = facts;
    this.#mode = mode;
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
    const pilot = this.#pilot ?? this.#start(columns.pnl, pnl);
    if (this.#order instanceof QuantileSketch) this.#order.add(columns.pnl);
    else if (this.#figures !== undefined) throw new RangeError('exact statistics: expected all paths in one chunk');
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
    const [figures, order] = [this.#figures, this.#order];
    if (figures === undefined || order === undefined)
      throw new RangeError('summary: expected at least one path, got none');
    const ordered = order instanceof QuantileSketch ? order.statistics() : order;
    return { figures, ordered, assets: this.#assets.map((asset) => asset.finish()) };
  }

  #start(pnl: Float64Array, moments: Moments): Pilot {
    const sorted = sortedStatistics(sortedCopy(pnl));
    const pilot = { mean: moments.mean, p05: sorted.quantile(0.05), p95: sorted.quantile(0.95) };
    this.#pilot = pilot;
    const median = sorted.quantile(0.5);
    // The fallbacks are for PnL that is nearly always the same, as where hardly anything fills.
    const scale = (pilot.p95 - pilot.p05) / 2 || sampleStd(moments) || Math.abs(median) || 1;
    this.#order = this.#mode === 'exact' ? sorted : new QuantileSketch(median, scale);
    return pilot;
  }
}
