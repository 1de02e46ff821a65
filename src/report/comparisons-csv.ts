import type { Comparison } from '../aggregate/comparison.ts';
import { csvTable } from './csv.ts';

/** A pair of strategies within a scenario. */
export interface ComparisonRow extends Comparison {
  /** Number of the scenario, from 0. */
  readonly scenario: number;
  readonly strategy: string;
  /** The strategy whose PnL is subtracted. */
  readonly baseline: string;
}

/** The columns of comparisons.csv. */
export const COMPARISON_COLUMNS = [
  'scenario',
  'strategy',
  'baseline',
  'mean_difference',
  'se',
  'ci_low',
  'ci_high',
  'correlation',
  'verdict',
] as const satisfies readonly (keyof ComparisonRow)[];

/** comparisons.csv, rows in the given order. @throws RangeError if a figure is infinite */
export function comparisonsCsv(rows: readonly ComparisonRow[]): string {
  return csvTable(
    COMPARISON_COLUMNS,
    rows.map((row) => COMPARISON_COLUMNS.map((column) => row[column])),
  );
}
