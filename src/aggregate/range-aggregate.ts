import type { PlannedScenario } from '../plan/plan.ts';
import type { PathColumns } from '../simulate/path-columns.ts';
import { cellFacts } from './cell-facts.ts';
import { type CellFigures, cellFiguresOf } from './cell-figures.ts';
import { CellSketches, type SketchesContent } from './cell-sketches.ts';
import { type ComparedColumns, pairMomentsOf } from './comparison.ts';
import { meanSamples } from './mean-samples.ts';
import { centralMoments, type Moments } from './moments.ts';
import { checkedColumns } from './path-figures.ts';
import type { CellPilot } from './pilot.ts';

/**
 * What a range of a scenario's paths comes to in sketch mode, for all strategies: a value that is small whatever the number of
 * paths, goes through bytes (`encodeRange`), and merges to the very bits of a run in one piece, on whatever machine its parts were
 * computed. Figures are kept chunk by chunk, since their merging rounds and thus has one order, that of the paths; the counts of
 * the sketches are whole numbers and are added up at once.
 *
 *     const pilot = cellPilotOf(columns of paths 0 … PILOT_PATHS − 1, cellFacts(cell));  // of each cell, wherever it is needed
 *     const range = foldChunk(scenario, firstPath, paths, [{ columns, pilot }, …]);       // a chunk, as cellChunks cuts them
 *     collector.addRange(scenario, decodeRange(encodeRange(range)), …);                  // range after range, in path order
 */
export interface RangeAggregate {
  /** Index of the scenario in the plan. */
  readonly scenario: number;
  readonly firstPath: number;
  /** Paths of its chunks, in path order; their sum is that of the range. */
  readonly chunks: readonly number[];
  /** By strategy, in the scenario's order. */
  readonly cells: readonly FoldedCell[];
  /** Of all pairs of cells that did not fail. */
  readonly pairs: readonly FoldedPair[];
}

export type FoldedCell =
  | {
      readonly state: 'done';
      /** Of each chunk. */
      readonly figures: readonly CellFigures[];
      readonly sketches: SketchesContent;
      /** Quotes that walks served less often than their distance asks for. */
      readonly throughMid: number;
    }
  | { readonly state: 'failed'; readonly message: string };

export interface FoldedPair {
  /** Places of the later strategy and of the earlier one in the scenario. */
  readonly strategy: number;
  readonly baseline: number;
  /** Of each chunk. */
  readonly moments: readonly FoldedPairMoments[];
}

/** PairMoments without the moments of either strategy's PnL, which its cell has. */
export interface FoldedPairMoments {
  readonly difference: Moments;
  readonly covariance: number;
}

/** A cell's paths of one chunk and the cell's pilot, or why there are none. */
export type RangePart =
  | { readonly columns: PathColumns; readonly pilot: CellPilot | Error }
  | { readonly error: unknown };

/** Paths of a range. */
export function pathsOf({ chunks }: RangeAggregate): number {
  return chunks.reduce((sum, paths) => sum + paths, 0);
}

/** Folds one chunk of paths of all strategies of a scenario; see RangeFold.addChunk. */
export function foldChunk(
  scenario: PlannedScenario,
  firstPath: number,
  paths: number,
  parts: readonly RangePart[],
): RangeAggregate {
  const fold = new RangeFold(scenario, firstPath);
  fold.addChunk(paths, parts);
  return fold.result();
}

interface OpenCell {
  readonly figures: CellFigures[];
  sketches: CellSketches | undefined;
  throughMid: number;
}

/** Puts together a range of paths, chunk after chunk or of ranges that are folded already; memory is that of the range. */
export class RangeFold {
  readonly #scenario: PlannedScenario;
  readonly #firstPath: number;
  readonly #chunks: number[] = [];
  /** The first failure of a cell tells. */
  readonly #cells: (OpenCell | { readonly message: string })[];
  readonly #pairs: { strategy: number; baseline: number; moments: FoldedPairMoments[] }[];

  constructor(scenario: PlannedScenario, firstPath: number) {
    this.#scenario = scenario;
    this.#firstPath = firstPath;
    this.#cells = scenario.strategies.map(() => ({ figures: [], sketches: undefined, throughMid: 0 }));
    this.#pairs = scenario.strategies.flatMap((_, strategy) =>
      Array.from({ length: strategy }, (_none, baseline) => ({ strategy, baseline, moments: [] })),
    );
  }

  /** The path after the last one. */
  get end(): number {
    return this.#chunks.reduce((sum, paths) => sum + paths, this.#firstPath);
  }

  /**
   * Adds the next chunk; O(paths). A cell whose columns cannot be summarised is failed.
   * @param parts by strategy; all columns are of the same paths, which are a chunk of `cellChunks`
   */
  addChunk(paths: number, parts: readonly RangePart[]): void {
    const compared = parts.map((part, i) => {
      const cell = this.#cells[i];
      if (cell === undefined || 'message' in cell) return undefined;
      try {
        return this.#addPaths(cell, part, i);
      } catch (error) {
        this.#cells[i] = { message: error instanceof Error ? error.message : String(error) };
        return undefined;
      }
    });
    for (const { strategy, baseline, moments } of this.#pairs) {
      const [later, earlier] = [compared[strategy], compared[baseline]];
      if (later === undefined || earlier === undefined) continue;
      const { difference, joint } = pairMomentsOf(later, earlier);
      moments.push({ difference, covariance: joint.covariance });
    }
    this.#chunks.push(paths);
  }

  /** Adds the next range. @throws RangeError where it does not begin where this one ends */
  addRange(range: RangeAggregate): void {
    if (range.scenario !== this.#scenario.index || range.firstPath !== this.end) {
      const [expected, found] = [
        `path ${this.end} of scenario ${this.#scenario.index}`,
        `path ${range.firstPath} of scenario ${range.scenario}`,
      ];
      throw new RangeError(`ranges: expected ${expected}, got ${found}`);
    }
    range.cells.forEach((added, i) => {
      const cell = this.#cells[i];
      if (cell === undefined || 'message' in cell) return;
      if (added.state === 'failed') {
        this.#cells[i] = { message: added.message };
        return;
      }
      cell.figures.push(...added.figures);
      cell.sketches ??= new CellSketches(added.sketches);
      cell.sketches.addContent(added.sketches);
      cell.throughMid += added.throughMid;
    });
    for (const pair of this.#pairs) {
      const added = range.pairs.find((other) => other.strategy === pair.strategy && other.baseline === pair.baseline);
      pair.moments.push(...(added?.moments ?? []));
    }
    this.#chunks.push(...range.chunks);
  }

  result(): RangeAggregate {
    const isDone = (strategy: number): boolean => 'figures' in (this.#cells[strategy] ?? {});
    return {
      scenario: this.#scenario.index,
      firstPath: this.#firstPath,
      chunks: this.#chunks,
      cells: this.#cells.map((cell): FoldedCell => {
        if ('message' in cell) return { state: 'failed', message: cell.message };
        const { figures, sketches, throughMid } = cell;
        if (sketches === undefined)
          return { state: 'failed', message: 'summary: expected at least one path, got none' };
        return { state: 'done', figures, sketches: sketches.content(), throughMid };
      }),
      pairs: this.#pairs.filter(({ strategy, baseline }) => isDone(strategy) && isDone(baseline)),
    };
  }

  #addPaths(cell: OpenCell, part: RangePart, place: number): ComparedColumns {
    if ('error' in part) throw part.error;
    const strategy = this.#scenario.strategies[place];
    if (strategy === undefined) throw new Error(`scenario ${this.#scenario.index} has no strategy ${place}`);
    const facts = cellFacts({ scenario: this.#scenario, strategy });
    const columns = checkedColumns(part.columns);
    if (part.pilot instanceof Error) throw part.pilot;
    const moments = centralMoments(columns.pnl);
    cell.sketches ??= new CellSketches(part.pilot);
    cell.sketches.add(columns);
    cell.figures.push(cellFiguresOf(columns, facts, moments, part.pilot));
    cell.throughMid += columns.saturatedQuotes?.[0] ?? 0;
    return { pnl: columns.pnl, moments, samples: meanSamples(columns, facts.varianceReduction) };
  }
}
