import type { StatisticsMode } from '../config/experiment.ts';
import type { PathColumns } from '../simulate/path-columns.ts';
import { type CellFigures, cellFiguresOf, mergeCellFigures } from './cell-figures.ts';
import { CellSketches, type SketchesContent } from './cell-sketches.ts';
import { sortedCopy } from './checked-statistics.ts';
import { centralMoments, type Moments } from './moments.ts';
import { type OrderStatistics, sortedStatistics } from './order-statistics.ts';
import { checkedColumns, figuresOf, type PathFigures } from './path-figures.ts';
import { type CellPilot, cellPilotOf, pilotOf } from './pilot.ts';
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
 * `finish` gives what a summary is made of. In exact mode there is one chunk, which is sorted. In sketch mode figures merge chunk
 * by chunk, and order statistics come from sketches that are centred and scaled by the cell's first paths; chunks that were
 * folded elsewhere are added by `addFolded`, to the same bits.
 */
export class CellAccumulator {
  readonly #facts: CellFacts;
  readonly #mode: StatisticsMode;
  #exact: Accumulated | undefined;
  #pilot: CellPilot | undefined;
  #figures: CellFigures | undefined;
  #sketches: CellSketches | undefined;

  constructor(facts: CellFacts, mode: StatisticsMode) {
    this.#facts = facts;
    this.#mode = mode;
  }

  /**
   * Adds the next chunk; O(n log n) in exact mode, else O(n).
   * @throws RangeError if there is no path, a column holds a number that is not finite (naming column and path), or a
   * second chunk is added in exact mode
   */
  add(chunk: PathColumns): AddedChunk {
    const columns = checkedColumns(chunk);
    const pnl = centralMoments(columns.pnl);
    if (this.#mode === 'exact') {
      if (this.#exact !== undefined) throw new RangeError('exact statistics: expected all paths in one chunk');
      this.#exact = accumulated(columns, this.#facts, pnl);
    } else {
      this.#pilot ??= cellPilotOf(columns, this.#facts);
      this.#sketches ??= new CellSketches(this.#pilot);
      this.#sketches.add(columns);
      this.#join(cellFiguresOf(columns, this.#facts, pnl, this.#pilot));
    }
    return { columns, pnl };
  }

  /**
   * Adds the next chunks, folded already.
   * @param chunks the figures of each
   * @param sketches of all of them
   * @throws RangeError where their sketches have another pilot, or in exact mode
   */
  addFolded(chunks: readonly CellFigures[], sketches: SketchesContent): void {
    if (this.#mode === 'exact') throw new RangeError('exact statistics: expected paths, got their figures');
    this.#sketches ??= new CellSketches(sketches);
    this.#sketches.addContent(sketches);
    for (const figures of chunks) this.#join(figures);
  }

  /** The figures of all chunks. @throws RangeError if none was added */
  finish(): Accumulated {
    const [figures, sketches] = [this.#figures, this.#sketches];
    if (this.#exact !== undefined) return this.#exact;
    if (figures === undefined || sketches === undefined)
      throw new RangeError('summary: expected at least one path, got none');
    return sketched(figures, sketches);
  }

  #join(figures: CellFigures): void {
    this.#figures = this.#figures === undefined ? figures : mergeCellFigures(this.#figures, figures, this.#facts);
  }
}

/** From all paths at once. */
function accumulated(columns: PathColumns, facts: CellFacts, moments: Moments): Accumulated {
  const { pnl, maxDrawdown } = columns;
  const wanted = facts.risk?.measures.drawdown === true;
  if (wanted && maxDrawdown === undefined) throw new RangeError('drawdowns: PnL was not monitored on the way');
  const ordered = sortedStatistics(sortedCopy(pnl));
  const drawdowns = wanted && maxDrawdown ? sortedStatistics(sortedCopy(maxDrawdown)) : undefined;
  return {
    figures: figuresOf(columns, facts, moments, pilotOf(ordered, drawdowns, moments, pnl, facts)),
    ordered,
    drawdowns,
    assets: (facts.assets ?? []).map((asset, i) => {
      const own = columns.assets?.[i];
      if (own === undefined) throw new Error(`the paths lack asset ${i} of the portfolio`);
      return accumulated(own, asset, centralMoments(own.pnl));
    }),
  };
}

function sketched({ own, assets }: CellFigures, sketches: CellSketches): Accumulated {
  return {
    figures: own,
    ...sketches.statistics(),
    assets: assets.map((asset, i) => sketched(asset, sketches.assets[i]!)),
  };
}
