import type { VarianceReduction } from '../config/experiment.ts';
import type { RiskMeasures } from '../config/goals.ts';
import type { PathColumns } from '../simulate/path-columns.ts';
import { type Accumulated, CellAccumulator } from './cell-accumulator.ts';
import { metricFigures, type SummaryColumn } from './metrics/index.ts';

/** What a summary needs to know of its cell beside the paths. */
export interface CellFacts {
  /** Units in one lot. */
  readonly orderSize: number;
  /** The model's risk aversion, 1 / price units; 0 = risk-neutral. */
  readonly gamma: number;
  /** Terminal cost phi q². */
  readonly phi: number;
  /** Running penalty ζ q² per unit of time. */
  readonly running: number;
  readonly varianceReduction: VarianceReduction;
  /** What is asked for beyond the summary; absent = nothing. */
  readonly risk?: RiskFacts | undefined;
  /**
   * Of each asset of a portfolio, in its order; absent for a single asset. A portfolio's own `orderSize` is 1, since its
   * columns are in units, and its `phi` and `running` are not looked at.
   */
  readonly assets?: readonly AssetFacts[] | undefined;
}

/** The measures that are asked for, and what they need to know of the cell. */
export interface RiskFacts {
  readonly measures: RiskMeasures;
  /** T. */
  readonly horizon: number;
  /** Price units paid for each unit traded, and by which a fill moves the mid. */
  readonly fee: number;
  readonly impact: number;
  readonly startLots: number;
}

export interface AssetFacts extends CellFacts {
  readonly name: string;
}

/** What one asset of a portfolio contributed. */
export interface AssetSummary {
  readonly asset: string;
  readonly summary: Summary;
}

/**
 * One cell's paths in figures, which `metrics/` defines. PnL is mark-to-market at T before the terminal cost, in price units × units of
 * inventory; inventories are in units. A figure that the paths do not define is NaN (sharpe, skewness and kurtosis at
 * std 0; std and every standard error for one path). `skewness` and `kurtosis` (excess) are the biased coefficients,
 * SciPy's default; `sharpe` is mean/std over paths, not annualised. `percentile_error` bounds the error of p05, p50, p95, var95
 * and cvar95 that come from a sketch; NaN where they are exact.
 */
export type Summary = Readonly<Record<SummaryColumn, number>>;

/**
 * Summarises the paths of one cell at once, exactly; O(n log n), one sorted copy of the PnL column.
 * @throws RangeError if there is no path, or a column holds a number that is not finite (naming column and path)
 */
export function summarise(columns: PathColumns, facts: CellFacts): Summary {
  const accumulator = new CellAccumulator(facts, 'exact');
  accumulator.add(columns);
  return summaryOf(accumulator.finish(), facts);
}

/** The summaries of a portfolio's assets; empty for a single asset. */
export function assetSummariesOf({ assets }: Accumulated, facts: CellFacts): AssetSummary[] {
  return (facts.assets ?? []).map((asset, i) => ({ asset: asset.name, summary: summaryOf(assets[i]!, asset) }));
}

/** The summary of all paths that were accumulated. */
export function summaryOf(all: Accumulated, facts: CellFacts): Summary {
  return metricFigures(all, facts);
}
