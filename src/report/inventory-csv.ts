import { csvTable } from './csv.ts';

/** The law of a cell's inventory over time, known without sampling. */
export interface CellInventory {
  /** Number of the scenario, from 0. */
  readonly scenario: number;
  readonly strategy: string;
  /** Ascending. */
  readonly times: readonly number[];
  /** Ascending, units. */
  readonly inventories: readonly number[];
  /** For each time the probability of each inventory. */
  readonly probabilities: readonly ArrayLike<number>[];
}

/** The columns of inventory.csv. */
export const INVENTORY_COLUMNS = ['scenario', 'strategy', 'time', 'inventory', 'probability'] as const;

/** Probabilities below are left out: no picture shows them, and they would be most of the file. */
const LEAST = 1e-6;

/** inventory.csv: the laws of the inventory over time, one row a time and inventory that has a probability to speak of. */
export function inventoryCsv(cells: readonly CellInventory[]): string {
  const rows = cells.flatMap(({ scenario, strategy, times, inventories, probabilities }) =>
    times.flatMap((time, i) =>
      inventories.flatMap((q, j) => {
        const probability = probabilities[i]?.[j] ?? 0;
        return probability < LEAST ? [] : [[scenario, strategy, time, q, probability]];
      }),
    ),
  );
  return csvTable(INVENTORY_COLUMNS, rows);
}
