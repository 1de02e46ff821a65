import type { Trajectory } from '../simulate/walk/recorder.ts';
import { type Chunk, writeFileAtomicStreaming } from '../util/atomic-write.ts';
import { csvNumber, csvTable, csvText } from './csv.ts';

/** A whole path with what names it. */
export interface RecordedPath {
  readonly strategy: string;
  readonly path: number;
  readonly trajectory: Trajectory;
}

/** The columns of trajectories.csv; prices in price units, cash and pnl in price units × units. */
export const TRAJECTORY_COLUMNS = [
  'strategy',
  'path',
  'time',
  'mid',
  'bid',
  'ask',
  'inventory',
  'cash',
  'pnl',
  'fill',
] as const;

/**
 * Writes trajectories.csv atomically: one row for each entry of a trajectory, paths in the given order. bid and ask are empty
 * where there is no quote.
 * @throws FileError if the file cannot be written
 */
export async function writeTrajectoriesCsv(file: string, paths: readonly RecordedPath[]): Promise<void> {
  await writeFileAtomicStreaming(file, async (write) => {
    await write(csvTable(TRAJECTORY_COLUMNS, []));
    for (const path of paths) await write(rowsOf(path));
  });
}

function rowsOf({ strategy, path, trajectory }: RecordedPath): Chunk {
  const { t, mid, bid, ask, inventory, cash, pnl, fill } = trajectory;
  const name = `${csvText(strategy)},${path}`;
  let text = '';
  for (let i = 0; i < t.length; i++) {
    const quotes = `${price(bid[i]!)},${price(ask[i]!)}`;
    const books = `${csvNumber(inventory[i]!)},${csvNumber(cash[i]!)},${csvNumber(pnl[i]!)}`;
    text += `${name},${csvNumber(t[i]!)},${csvNumber(mid[i]!)},${quotes},${books},${fill[i]}\n`;
  }
  return text;
}

function price(value: number): string {
  return Number.isFinite(value) ? csvNumber(value) : '';
}
