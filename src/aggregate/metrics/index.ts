import type { Accumulated } from '../cell-accumulator.ts';
import type { CellFacts } from '../summary.ts';
import { certaintyEquivalent } from './certainty-equivalent.ts';
import { drawdown } from './drawdown.ts';
import { estimator } from './estimator.ts';
import { furtherErrors } from './further-errors.ts';
import { mean } from './mean.ts';
import type { Metric } from './metric.ts';
import { percentiles } from './percentiles.ts';
import { shape } from './shape.ts';
import { sharpe } from './sharpe.ts';
import { std } from './std.ts';
import { tailRisk } from './tail-risk.ts';
import { trading } from './trading.ts';

/** Everything that summary.csv says of a cell's paths, in the file's order. */
const metrics = [
  mean,
  std,
  percentiles,
  tailRisk,
  shape,
  sharpe,
  trading,
  drawdown,
  certaintyEquivalent,
  estimator,
  furtherErrors,
] as const;

type ColumnOf<M> = M extends Metric<infer Column> ? Column : never;
export type SummaryColumn = ColumnOf<(typeof metrics)[number]>;

/** The columns of summary.csv after the strategy, in the file's order. */
export const SUMMARY_COLUMNS: readonly SummaryColumn[] = metrics.flatMap<SummaryColumn>(({ columns }) => columns);

/** The figures of all metrics, by column. */
export function metricFigures(all: Accumulated, facts: CellFacts): Readonly<Record<SummaryColumn, number>> {
  const figures: Partial<Record<SummaryColumn, number>> = {};
  for (const metric of metrics) Object.assign(figures, metric.figures(all, facts));
  return figures as Record<SummaryColumn, number>;
}
