import type { CellFacts } from '../aggregate/summary.ts';
import type { PathColumns } from '../simulate/path-columns.ts';
import { writeFileAtomicStreaming } from '../util/atomic-write.ts';
import { csvNumber, csvTable, csvText } from './csv.ts';

/** The paths of one cell, with what names them. */
export interface PathCell {
  /** Number of the scenario, from 0. */
  readonly scenario: number;
  readonly strategy: string;
  readonly columns: PathColumns;
  readonly facts: CellFacts;
  /** The key that path `path` was simulated from. */
  readonly seedKey: (path: number) => string;
}

/** The columns of paths.csv and paths.parquet; inventories in units, the rest in the config's units. */
export const PATH_COLUMNS = [
  'scenario',
  'strategy',
  'path',
  'seed_key',
  'pnl',
  'pnl_after_cost',
  'fills',
  'final_q',
  'max_abs_q',
  'max_drawdown',
] as const;

/** PnL less the terminal cost φ q_T². */
export function pnlAfterCost(columns: PathColumns, facts: CellFacts, path: number): number {
  const q = columns.finalLots[path]! * facts.orderSize;
  return columns.pnl[path]! - facts.phi * q * q;
}

/** Rows that are formatted before they are handed to the system, about 400 kB: memory stays bounded. */
const ROWS_PER_CHUNK = 4096;

/**
 * Writes paths.csv atomically: one row a path, cells in the given order. Cells are taken one at a time, so that a
 * generator or a queue need hold one cell only; a chunk is awaited before the next is formatted.
 *
 * csv-stringify writes the header and quotes the texts; the numbers, which never need quotes, are joined here, since
 * passing every row through the library takes three times as long (3.5 s against 1 s for 1e6 rows).
 * @throws FileError if the file cannot be written, RangeError for an infinite number, the reason of an aborted signal
 */
export async function writePathsCsv(
  file: string,
  cells: Iterable<PathCell> | AsyncIterable<PathCell>,
  signal?: AbortSignal,
): Promise<void> {
  await writeFileAtomicStreaming(file, async (write) => {
    await write(csvTable(PATH_COLUMNS, []));
    for await (const cell of cells) {
      const { count } = cell.columns;
      for (let from = 0; from < count; from += ROWS_PER_CHUNK) {
        signal?.throwIfAborted();
        await write(csvRows(cell, from, Math.min(from + ROWS_PER_CHUNK, count)));
      }
    }
  });
}

function csvRows({ scenario, strategy, columns, facts, seedKey }: PathCell, from: number, to: number): string {
  const cell = `${csvNumber(scenario)},${csvText(strategy)}`;
  let text = '';
  for (let path = from; path < to; path++) {
    const pnl = `${csvNumber(columns.pnl[path]!)},${csvNumber(pnlAfterCost(columns, facts, path))}`;
    const finalQ = csvNumber(columns.finalLots[path]! * facts.orderSize);
    const maxAbsQ = csvNumber(columns.maxAbsLots[path]! * facts.orderSize);
    const maxDrawdown = csvNumber(columns.maxDrawdown?.[path] ?? Number.NaN);
    const numbers = `${pnl},${columns.fills[path]},${finalQ},${maxAbsQ},${maxDrawdown}`;
    text += `${cell},${path},${csvText(seedKey(path))},${numbers}\n`;
  }
  return text;
}
