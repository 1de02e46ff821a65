import { csvTable } from './csv.ts';

/** The density of a cell's terminal PnL, known without sampling. */
export interface CellDensity {
  /** Number of the scenario, from 0. */
  readonly scenario: number;
  readonly strategy: string;
  /** Ascending, price units × units. */
  readonly x: readonly number[];
  /** 1 / (price units × units). */
  readonly density: readonly number[];
}

/** The columns of density.csv. */
export const DENSITY_COLUMNS = ['scenario', 'strategy', 'pnl', 'density'] as const;

/** density.csv: the exact densities, one row a point. */
export function densityCsv(cells: readonly CellDensity[]): string {
  const rows = cells.flatMap(({ scenario, strategy, x, density }) =>
    x.map((pnl, i) => [scenario, strategy, pnl, density[i]]),
  );
  return csvTable(DENSITY_COLUMNS, rows);
}
