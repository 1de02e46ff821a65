import { worstShare } from '../config/risk-columns.ts';
import { PILOT_PATHS } from '../simulate/memory-estimate.ts';
import type { PathColumns } from '../simulate/path-columns.ts';
import { sortedCopy } from './checked-statistics.ts';
import { compensatedSum } from './compensated-sum.ts';
import { centralMoments, type Moments, sampleStd } from './moments.ts';
import { type OrderStatistics, sortedStatistics } from './order-statistics.ts';
import { checkedColumns } from './path-figures.ts';
import type { RatioPilot } from './ratios.ts';
import type { CellFacts } from './summary.ts';

/** Figures of PnL that influence values are taken at: of all paths where they are sorted at once, else of the first ones. */
export interface Pilot extends RatioPilot {
  readonly p05: number;
  readonly p50: number;
  readonly p95: number;
  readonly quantile: (p: number) => number;
  /** Percentiles of the largest drawdown; NaN where they are not asked for. */
  readonly drawdown50: number;
  readonly drawdown95: number;
}

/** The pilot of a column, from its order statistics and moments. */
export function pilotOf(
  sorted: OrderStatistics,
  drawdowns: OrderStatistics | undefined,
  moments: Moments,
  pnl: Float64Array,
  { risk }: CellFacts,
): Pilot {
  const target = risk?.measures.ratios === true ? risk.measures.target : undefined;
  const below = (i: number): number => Math.min(0, pnl[i]! - (target ?? 0));
  const squares = target === undefined ? Number.NaN : compensatedSum(pnl.length, (i) => below(i) * below(i));
  const levels = new Map(
    (risk?.measures.levels ?? []).map(worstShare).map((share) => [share, sorted.quantile(share)] as const),
  );
  return {
    mean: moments.mean,
    std: sampleStd(moments),
    downside: Math.sqrt(squares / pnl.length),
    p05: sorted.quantile(0.05),
    p50: sorted.quantile(0.5),
    p95: sorted.quantile(0.95),
    quantile: (p) => levels.get(p) ?? Number.NaN,
    drawdown50: drawdowns?.quantile(0.5) ?? Number.NaN,
    drawdown95: drawdowns?.quantile(0.95) ?? Number.NaN,
  };
}

/** Where a sketch has its centre, and the scale of its bins. */
export interface Centring {
  readonly centre: number;
  readonly scale: number;
}

/** What must be known of a cell before its paths are folded part by part. */
export interface CellPilot {
  readonly influence: Pilot;
  readonly pnl: Centring;
  /** Where percentiles of the largest drawdowns are asked for. */
  readonly drawdowns: Centring | undefined;
  /** Of each asset of a portfolio. */
  readonly assets: readonly CellPilot[];
}

/**
 * The pilot of a cell: of its paths 0 … PILOT_PATHS − 1 alone, all if it has fewer, so that whoever folds a part of its paths
 * finds the same one by simulating these again.
 * @param columns that begin with path 0; those after the first PILOT_PATHS are not looked at
 * @throws RangeError where they do not begin with path 0, or hold a number that is not finite
 */
export function cellPilotOf(columns: PathColumns, facts: CellFacts): CellPilot {
  if (columns.firstPath !== 0) throw new RangeError(`pilot: expected paths from 0 on, got ${columns.firstPath}`);
  const first = checkedColumns({ ...columns, count: Math.min(columns.count, PILOT_PATHS) });
  const { pnl, maxDrawdown } = first;
  const moments = centralMoments(pnl);
  const spread = sampleStd(moments);
  const sorted = sortedStatistics(sortedCopy(pnl));
  const wanted = facts.risk?.measures.drawdown === true;
  if (wanted && maxDrawdown === undefined) throw new RangeError('drawdowns: PnL was not monitored on the way');
  const drawdowns = wanted && maxDrawdown ? sortedStatistics(sortedCopy(maxDrawdown)) : undefined;
  return {
    influence: pilotOf(sorted, drawdowns, moments, pnl, facts),
    pnl: centringOf(sorted, spread),
    drawdowns: drawdowns && centringOf(drawdowns, spread),
    assets: (facts.assets ?? []).map((asset, i) => {
      const own = columns.assets?.[i];
      if (own === undefined) throw new Error(`the paths lack asset ${i} of the portfolio`);
      return cellPilotOf({ ...own, count: first.count }, asset);
    }),
  };
}

/** @param spread for a column that is nearly always the same; may be 0 or NaN */
function centringOf(sorted: OrderStatistics, spread: number): Centring {
  const centre = sorted.quantile(0.5);
  return { centre, scale: (sorted.quantile(0.95) - sorted.quantile(0.05)) / 2 || spread || Math.abs(centre) || 1 };
}
