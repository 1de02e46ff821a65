import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Verdict } from '../../aggregate/comparison.ts';
import { SUMMARY_COLUMNS } from '../../aggregate/metrics/index.ts';
import type { Summary } from '../../aggregate/summary.ts';
import { FileError } from '../../util/errors.ts';
import { COMPARISON_COLUMNS, type ComparisonRow } from '../comparisons-csv.ts';
import type { CellDensity } from '../density-csv.ts';
import type { CellInventory } from '../inventory-csv.ts';
import { PATH_COLUMNS } from '../paths-csv.ts';
import type { NamedProfile } from '../profiles-csv.ts';
import type { RecordedPath } from '../trajectories-csv.ts';
import { readProfiles, readTrajectories } from './backtest-tables.ts';
import { type CsvRow, csvRows, numberIn } from './csv-rows.ts';
import { readDensities, readInventories } from './exact-tables.ts';

/** A row of summary.csv: one strategy in one scenario. */
export interface CellRow {
  readonly scenario: number;
  /** Value of each swept path, as it is written. */
  readonly point: CsvRow;
  readonly strategy: string;
  /** undefined = the cell failed. */
  readonly summary: Summary | undefined;
}

/** PnL of one cell, path by path. */
export interface CellPnl {
  readonly scenario: number;
  readonly strategy: string;
  readonly values: Float64Array;
}

/** What the CSVs of a run's folder hold. */
export interface RunTables {
  readonly sweptPaths: readonly string[];
  readonly cells: readonly CellRow[];
  readonly comparisons: readonly ComparisonRow[];
  /** Of paths.csv; undefined where the folder has none. */
  readonly pnl: readonly CellPnl[] | undefined;
  /** Of density.csv: what is known without sampling; empty where the folder has none. */
  readonly densities: readonly CellDensity[];
  /** Of inventory.csv: laws that are known without sampling; empty where the folder has none. */
  readonly inventories: readonly CellInventory[];
  /** Of a backtest; empty otherwise. */
  readonly recorded: readonly RecordedPath[];
  readonly profiles: readonly NamedProfile[];
}

/**
 * Reads a run's folder from its CSVs alone.
 * @throws FileError where summary.csv or comparisons.csv is missing, or a file is not what a run writes
 */
export async function readRunTables(folder: string): Promise<RunTables> {
  const place = (name: string): string => path.join(folder, name);
  if (!existsSync(place('summary.csv'))) {
    throw new FileError(`${folder}: no summary.csv in it; name the folder of a finished run`);
  }
  const { sweptPaths, cells } = await readSummary(place('summary.csv'));
  const optional = async <T>(name: string, read: (file: string) => Promise<T>): Promise<T | undefined> =>
    existsSync(place(name)) ? read(place(name)) : undefined;
  return {
    sweptPaths,
    cells,
    comparisons: await readComparisons(place('comparisons.csv')),
    pnl: await optional('paths.csv', readPnl),
    densities: (await optional('density.csv', readDensities)) ?? [],
    inventories: (await optional('inventory.csv', readInventories)) ?? [],
    recorded: (await optional('trajectories.csv', readTrajectories)) ?? [],
    profiles: (await optional('profiles.csv', readProfiles)) ?? [],
  };
}

async function readSummary(file: string): Promise<Pick<RunTables, 'sweptPaths' | 'cells'>> {
  const cells: CellRow[] = [];
  let sweptPaths: string[] = [];
  for await (const row of csvRows(file, ['scenario', 'strategy', ...SUMMARY_COLUMNS])) {
    const names = Object.keys(row);
    sweptPaths = names.slice(names.indexOf('scenario') + 1, names.indexOf('strategy'));
    cells.push({
      scenario: numberIn(file, row, 'scenario'),
      point: Object.fromEntries(sweptPaths.map((name) => [name, row[name] ?? ''])),
      strategy: row['strategy'] ?? '',
      summary: numberIn(file, row, 'paths') > 0 ? summaryIn(file, row) : undefined,
    });
  }
  if (cells.length === 0) throw new FileError(`${file}: expected at least one row, got none`);
  return { sweptPaths, cells };
}

const summaryRow = z.record(z.enum(SUMMARY_COLUMNS), z.union([z.number(), z.nan()]));

function summaryIn(file: string, row: CsvRow): Summary {
  return summaryRow.parse(Object.fromEntries(SUMMARY_COLUMNS.map((column) => [column, numberIn(file, row, column)])));
}

async function readComparisons(file: string): Promise<ComparisonRow[]> {
  const rows: ComparisonRow[] = [];
  for await (const row of csvRows(file, COMPARISON_COLUMNS)) {
    const at = (column: string): number => numberIn(file, row, column);
    rows.push({
      scenario: at('scenario'),
      strategy: row['strategy'] ?? '',
      baseline: row['baseline'] ?? '',
      mean_difference: at('mean_difference'),
      se: at('se'),
      ci_low: at('ci_low'),
      ci_high: at('ci_high'),
      correlation: at('correlation'),
      verdict: verdictIn(file, row),
    });
  }
  return rows;
}

function verdictIn(file: string, { verdict }: CsvRow): Verdict {
  if (verdict === 'better' || verdict === 'worse' || verdict === 'inconclusive') return verdict;
  throw new FileError(`${file}: verdict: expected better, worse or inconclusive, got ${JSON.stringify(verdict)}`);
}

async function readPnl(file: string): Promise<CellPnl[]> {
  const cells = new Map<string, { scenario: number; strategy: string; values: number[] }>();
  for await (const row of csvRows(file, PATH_COLUMNS)) {
    const scenario = numberIn(file, row, 'scenario');
    const strategy = row['strategy'] ?? '';
    const key = `${scenario}/${strategy}`;
    const cell = cells.get(key) ?? { scenario, strategy, values: [] };
    cells.set(key, cell);
    cell.values.push(numberIn(file, row, 'pnl'));
  }
  return [...cells.values()].map((cell) => ({ ...cell, values: Float64Array.from(cell.values) }));
}
