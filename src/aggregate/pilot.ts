import { worstShare } from '../config/summary-columns.ts';
import { compensatedSum } from './compensated-sum.ts';
import { type Moments, sampleStd } from './moments.ts';
import type { OrderStatistics } from './order-statistics.ts';
import type { RatioPilot } from './ratios.ts';
import type { CellFacts } from './summary.ts';

/** Figures of PnL that influence values are taken at: those of the first chunk, since all paths' come too late. */
export interface Pilot extends RatioPilot {
  readonly p05: number;
  readonly p50: number;
  readonly p95: number;
  readonly quantile: (p: number) => number;
  /** Percentiles of the largest drawdown; NaN where they are not asked for. */
  readonly drawdown50: number;
  readonly drawdown95: number;
}

/** The pilot of the first chunk, from its order statistics and moments. */
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
