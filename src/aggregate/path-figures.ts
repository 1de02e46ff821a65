import type { PathColumns } from '../simulate/path-columns.ts';
import { type CertaintyEquivalent, certaintyEquivalentOf, mergeCertaintyEquivalents } from './certainty-equivalent.ts';
import { checkSample, mean, type Sample } from './checked-statistics.ts';
import { runningCost, terminalCost } from './inventory-costs.ts';
import { meanSamples } from './mean-samples.ts';
import { centralMoments, type Moments, mergeMoments } from './moments.ts';
import { mergePairSums, type PairSums, pairSums } from './pair-inflation.ts';
import type { CellFacts } from './summary.ts';

/**
 * What paths come to beside their order statistics: figures of a chunk of one cell's paths, which merge into those of all
 * its chunks. Inventories are in lots.
 */
export interface PathFigures {
  readonly count: number;
  readonly pnl: Moments;
  /** Of the samples that the mean is estimated from (see meanSamples). */
  readonly samples: Moments;
  readonly lots: Moments;
  readonly fills: number;
  readonly maxAbsLots: number;
  /** NaN where PnL was not monitored on the way. */
  readonly maxDrawdown: number;
  readonly certaintyEquivalent: CertaintyEquivalent;
  /** Within antithetic pairs, the influence values on each figure; undefined without pairs. */
  readonly pairs: Readonly<Record<PairedFigure, PairSums>> | undefined;
}

type PairedFigure = 'std' | 'p05' | 'p95' | 'cvar95' | 'certaintyEquivalent';

/** Mean and percentiles of PnL that influence values are taken at: those of the first chunk, since all paths' come too late. */
export interface Pilot {
  readonly mean: number;
  readonly p05: number;
  readonly p95: number;
}

/**
 * The columns cut to the slots that hold a path: a run that was stopped early fills only the first `count` of its columns.
 * @throws RangeError if there is no path, or a column is too short or holds a number that is not finite (naming column and path)
 */
export function checkedColumns(columns: PathColumns): PathColumns {
  const { count, firstPath } = columns;
  const filled = <Column extends Sample>(column: Column): Column => {
    if (column.length < count) throw new RangeError(`summary: expected ${count} paths, got ${column.length}`);
    return column.subarray(0, count) as Column;
  };
  const checked = (column: Float64Array, name: string): Float64Array => {
    const values = filled(column);
    checkSample(values, name, firstPath);
    return values;
  };
  return {
    ...columns,
    pnl: checked(columns.pnl, 'pnl'),
    integralQ2: checked(columns.integralQ2, 'integral of q²'),
    maxDrawdown: columns.maxDrawdown && checked(columns.maxDrawdown, 'max_drawdown'),
    fills: filled(columns.fills),
    finalLots: filled(columns.finalLots),
    maxAbsLots: filled(columns.maxAbsLots),
    assets: columns.assets?.map(checkedColumns),
  };
}

/** The figures of one chunk of checked columns; sums are compensated and run in path order. */
export function figuresOf(columns: PathColumns, facts: CellFacts, moments: Moments, pilot: Pilot): PathFigures {
  const { count, pnl, finalLots, maxDrawdown } = columns;
  const { gamma, varianceReduction } = facts;
  // What θ(0, q0) is the certainty equivalent of: terminal cost and running penalty are both taken off the wealth.
  const wealth = (i: number): number =>
    pnl[i]! - terminalCost(columns, facts, i) - runningCost(columns, facts, i);
  return {
    count,
    pnl: moments,
    samples: varianceReduction === 'none' ? moments : centralMoments(meanSamples(columns, varianceReduction)),
    lots: centralMoments(finalLots),
    fills: mean(columns.fills),
    maxAbsLots: mean(columns.maxAbsLots),
    maxDrawdown: maxDrawdown === undefined ? Number.NaN : mean(maxDrawdown),
    certaintyEquivalent: certaintyEquivalentOf(count, wealth, gamma),
    pairs:
      varianceReduction === 'antithetic'
        ? {
            std: pairSums(count, (i) => (pnl[i]! - pilot.mean) * (pnl[i]! - pilot.mean)),
            p05: pairSums(count, (i) => (pnl[i]! <= pilot.p05 ? 1 : 0)),
            p95: pairSums(count, (i) => (pnl[i]! <= pilot.p95 ? 1 : 0)),
            cvar95: pairSums(count, (i) => Math.max(0, pilot.p05 - pnl[i]!)),
            certaintyEquivalent: pairSums(count, wealth),
          }
        : undefined,
  };
}

/** The figures of two chunks put together; `gamma` is the cell's. */
export function mergeFigures(a: PathFigures, b: PathFigures, gamma: number): PathFigures {
  const count = a.count + b.count;
  const share = b.count / count;
  const merged = (x: number, y: number): number => x + (y - x) * share;
  return {
    count,
    pnl: mergeMoments(a.pnl, b.pnl),
    samples: mergeMoments(a.samples, b.samples),
    lots: mergeMoments(a.lots, b.lots),
    fills: merged(a.fills, b.fills),
    maxAbsLots: merged(a.maxAbsLots, b.maxAbsLots),
    maxDrawdown: merged(a.maxDrawdown, b.maxDrawdown),
    certaintyEquivalent: mergeCertaintyEquivalents(a.certaintyEquivalent, b.certaintyEquivalent, gamma),
    pairs: a.pairs && b.pairs && mergePairs(a.pairs, b.pairs),
  };
}

function mergePairs(a: Readonly<Record<PairedFigure, PairSums>>, b: Readonly<Record<PairedFigure, PairSums>>) {
  return {
    std: mergePairSums(a.std, b.std),
    p05: mergePairSums(a.p05, b.p05),
    p95: mergePairSums(a.p95, b.p95),
    cvar95: mergePairSums(a.cvar95, b.cvar95),
    certaintyEquivalent: mergePairSums(a.certaintyEquivalent, b.certaintyEquivalent),
  };
}
