import type { PathColumns } from '../simulate/path-columns.ts';
import { type CertaintyEquivalent, certaintyEquivalentOf, mergeCertaintyEquivalents } from './certainty-equivalent.ts';
import { checkSample, type Sample } from './checked-statistics.ts';
import { runningCost, terminalCost } from './inventory-costs.ts';
import { meanSamples } from './mean-samples.ts';
import { centralMoments, type Moments, mergeMoments } from './moments.ts';
import { mergePairSums, type PairSums, pairSums, sampleSums } from './pair-inflation.ts';
import type { Pilot } from './pilot.ts';
import { mergeRiskFigures, type RiskFigures, riskFiguresOf } from './risk-figures.ts';
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
  readonly fills: PairSums;
  readonly maxAbsLots: PairSums;
  /** Undefined where PnL was not monitored on the way. */
  readonly maxDrawdown: PairSums | undefined;
  readonly certaintyEquivalent: CertaintyEquivalent;
  /** Within antithetic pairs, the influence values on each figure; undefined without pairs. */
  readonly pairs: Readonly<Record<PairedFigure, PairSums>> | undefined;
  /** What is asked for beyond the summary. */
  readonly risk: RiskFigures | undefined;
}

const PAIRED_FIGURES = ['std', 'p05', 'p50', 'p95', 'cvar95', 'certaintyEquivalent', 'finalQ', 'finalQStd'] as const;
export type PairedFigure = (typeof PAIRED_FIGURES)[number];

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
  const wealth = (i: number): number => pnl[i]! - terminalCost(columns, facts, i) - runningCost(columns, facts, i);
  const lots = centralMoments(finalLots);
  const sumsOf = varianceReduction === 'antithetic' ? pairSums : sampleSums;
  const sums = (column: Sample): PairSums => sumsOf(count, (i) => column[i]!);
  return {
    count,
    pnl: moments,
    samples: varianceReduction === 'none' ? moments : centralMoments(meanSamples(columns, varianceReduction)),
    lots,
    fills: sums(columns.fills),
    maxAbsLots: sums(columns.maxAbsLots),
    maxDrawdown: maxDrawdown && sums(maxDrawdown),
    certaintyEquivalent: certaintyEquivalentOf(count, wealth, gamma),
    pairs:
      varianceReduction === 'antithetic'
        ? {
            std: pairSums(count, (i) => (pnl[i]! - pilot.mean) * (pnl[i]! - pilot.mean)),
            p05: pairSums(count, (i) => (pnl[i]! <= pilot.p05 ? 1 : 0)),
            p50: pairSums(count, (i) => (pnl[i]! <= pilot.p50 ? 1 : 0)),
            p95: pairSums(count, (i) => (pnl[i]! <= pilot.p95 ? 1 : 0)),
            cvar95: pairSums(count, (i) => Math.max(0, pilot.p05 - pnl[i]!)),
            certaintyEquivalent: pairSums(count, wealth),
            finalQ: pairSums(count, (i) => finalLots[i]!),
            finalQStd: pairSums(count, (i) => (finalLots[i]! - lots.mean) * (finalLots[i]! - lots.mean)),
          }
        : undefined,
    risk: facts.risk && riskFiguresOf(columns, facts.risk, facts, moments, pilot),
  };
}

/** The figures of two chunks put together; `gamma` is the cell's. */
export function mergeFigures(a: PathFigures, b: PathFigures, gamma: number): PathFigures {
  const count = a.count + b.count;
  return {
    count,
    pnl: mergeMoments(a.pnl, b.pnl),
    samples: mergeMoments(a.samples, b.samples),
    lots: mergeMoments(a.lots, b.lots),
    fills: mergePairSums(a.fills, b.fills),
    maxAbsLots: mergePairSums(a.maxAbsLots, b.maxAbsLots),
    maxDrawdown: a.maxDrawdown && b.maxDrawdown && mergePairSums(a.maxDrawdown, b.maxDrawdown),
    certaintyEquivalent: mergeCertaintyEquivalents(a.certaintyEquivalent, b.certaintyEquivalent, gamma),
    pairs: a.pairs && b.pairs && mergePairs(a.pairs, b.pairs),
    risk: a.risk && b.risk && mergeRiskFigures(a.risk, b.risk),
  };
}

function mergePairs(
  a: Readonly<Record<PairedFigure, PairSums>>,
  b: Readonly<Record<PairedFigure, PairSums>>,
): Record<PairedFigure, PairSums> {
  const merged = { ...a };
  for (const figure of PAIRED_FIGURES) merged[figure] = mergePairSums(a[figure], b[figure]);
  return merged;
}
