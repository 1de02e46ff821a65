import { type CellDensity, DENSITY_COLUMNS } from '../density-csv.ts';
import { type CellInventory, INVENTORY_COLUMNS } from '../inventory-csv.ts';
import { csvRows, numberIn } from './csv-rows.ts';

interface CellRows {
  readonly scenario: number;
  readonly strategy: string;
  /** The numbers of each row, in the order of the columns after the strategy. */
  readonly rows: number[][];
}

/** The rows of a file whose first columns name a cell, in the file's order. Throws FileError. */
async function rowsOfCells(file: string, columns: readonly string[]): Promise<CellRows[]> {
  const cells = new Map<string, CellRows>();
  const figures = columns.slice(2);
  for await (const row of csvRows(file, columns)) {
    const scenario = numberIn(file, row, 'scenario');
    const strategy = row['strategy'] ?? '';
    const key = `${scenario}/${strategy}`;
    const cell = cells.get(key) ?? { scenario, strategy, rows: [] };
    cells.set(key, cell);
    cell.rows.push(figures.map((column) => numberIn(file, row, column)));
  }
  return [...cells.values()];
}

/** The densities of a density.csv, in the file's order. Throws FileError. */
export async function readDensities(file: string): Promise<CellDensity[]> {
  return (await rowsOfCells(file, DENSITY_COLUMNS)).map(({ scenario, strategy, rows }) => ({
    scenario,
    strategy,
    x: rows.map(([pnl = Number.NaN]) => pnl),
    density: rows.map(([, density = Number.NaN]) => density),
  }));
}

/** The laws of an inventory.csv, in the file's order; what it leaves out has next to no probability. Throws FileError. */
export async function readInventories(file: string): Promise<CellInventory[]> {
  return (await rowsOfCells(file, INVENTORY_COLUMNS)).map(({ scenario, strategy, rows }) => {
    const times = distinct(rows.map(([time = Number.NaN]) => time));
    const inventories = distinct(rows.map(([, q = Number.NaN]) => q));
    const [rowOf, columnOf] = [placesOf(times), placesOf(inventories)];
    const probabilities = times.map(() => new Float64Array(inventories.length));
    for (const [time = Number.NaN, q = Number.NaN, probability = Number.NaN] of rows) {
      const law = probabilities[rowOf.get(time) ?? -1];
      const column = columnOf.get(q);
      if (law !== undefined && column !== undefined) law[column] = probability;
    }
    return { scenario, strategy, times, inventories, probabilities };
  });
}

/** Each value once, ascending. */
function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].toSorted((a, b) => a - b);
}

function placesOf(values: readonly number[]): ReadonlyMap<number, number> {
  return new Map(values.map((value, i) => [value, i]));
}
