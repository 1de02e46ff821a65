import { SUMMARY_COLUMNS, type Summary } from '../aggregate/summary.ts';
import type { SweepPoint, SweepValue } from '../config/experiment.ts';
import { type CsvField, csvTable } from './csv.ts';

/** One cell of the run: a strategy in a scenario. */
export interface SummaryRow {
  /** Number of the scenario, from 0. */
  readonly scenario: number;
  readonly point: SweepPoint;
  /** The strategy's name. */
  readonly strategy: string;
  /** undefined = the cell failed: it is written with 0 paths and no figures. */
  readonly summary: Summary | undefined;
}

/**
 * summary.csv: `scenario`, a column for each swept path, `strategy`, the summary's columns; rows in the given order.
 * A swept null (no bound) is written as null.
 * @throws RangeError if a figure is infinite
 */
export function summaryCsv(rows: readonly SummaryRow[], sweptPaths: readonly string[]): string {
  const header = ['scenario', ...sweptPaths, 'strategy', ...SUMMARY_COLUMNS];
  return csvTable(
    header,
    rows.map((row) => [
      row.scenario,
      ...sweptPaths.map((path) => sweepField(row.point[path])),
      row.strategy,
      ...figures(row.summary),
    ]),
  );
}

function figures(summary: Summary | undefined): CsvField[] {
  return SUMMARY_COLUMNS.map((column) => (summary ? summary[column] : column === 'paths' ? 0 : undefined));
}

function sweepField(value: SweepValue | undefined): CsvField {
  return value === null || typeof value === 'boolean' ? String(value) : value;
}
