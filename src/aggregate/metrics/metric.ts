import type { Accumulated } from '../cell-accumulator.ts';
import type { CellFacts } from '../summary.ts';

/** Columns of summary.csv that belong together, and how a cell's paths become their figures. */
export interface Metric<Column extends string = string> {
  /** In the file's order. */
  readonly columns: readonly Column[];
  /** Figures by column; NaN where the paths do not define one. */
  figures(all: Accumulated, facts: CellFacts): Readonly<Record<Column, number>>;
}

export function defineMetric<const Column extends string>(metric: Metric<Column>): Metric<Column> {
  return metric;
}
