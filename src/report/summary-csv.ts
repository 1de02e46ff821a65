import { SUMMARY_COLUMNS, type SummaryColumn } from '../aggregate/metrics/index.ts';
import type { AssetSummary, Summary } from '../aggregate/summary.ts';
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
  /** Of a portfolio. */
  readonly assets?: readonly AssetSummary[];
  /** What `risk:` asks for, by column. */
  readonly risk?: ReadonlyMap<string, number> | undefined;
}

/** The columns of each asset of a portfolio, `BTC.mean` and so on; figures as in the summary's. */
export const ASSET_COLUMNS = [
  'mean',
  'mean_se',
  'std',
  'cvar95',
  'fills_mean',
  'final_q_mean',
  'final_q_std',
] as const satisfies readonly SummaryColumn[];

/**
 * summary.csv: `scenario`, a column for each swept path, `strategy`, the summary's columns; rows in the given order.
 * A swept null (no bound) is written as null. At the end `ASSET_COLUMNS` of each asset.
 * @param assets names of the assets of all rows' portfolios
 * @param risk the columns that `risk:` asks for, which come last
 * @throws RangeError if a figure is infinite
 */
export function summaryCsv(
  rows: readonly SummaryRow[],
  sweptPaths: readonly string[],
  assets: readonly string[] = [],
  risk: readonly string[] = [],
): string {
  const ownColumns = assets.flatMap((asset) => ASSET_COLUMNS.map((column) => `${asset}.${column}`));
  const header = ['scenario', ...sweptPaths, 'strategy', ...SUMMARY_COLUMNS, ...ownColumns, ...risk];
  return csvTable(
    header,
    rows.map((row) => [
      row.scenario,
      ...sweptPaths.map((path) => sweepField(row.point[path])),
      row.strategy,
      ...figures(row.summary),
      ...assets.flatMap((name) => {
        const own = row.assets?.find(({ asset }) => asset === name);
        return ASSET_COLUMNS.map((column) => own?.summary[column]);
      }),
      ...risk.map((column) => row.risk?.get(column)),
    ]),
  );
}

function figures(summary: Summary | undefined): CsvField[] {
  return SUMMARY_COLUMNS.map((column) => (summary ? summary[column] : column === 'paths' ? 0 : undefined));
}

export function sweepField(value: SweepValue | undefined): CsvField {
  return value === null || typeof value === 'boolean' ? String(value) : value;
}
