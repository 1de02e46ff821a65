import { terminalCost } from '../aggregate/inventory-costs.ts';
import type { CellFacts } from '../aggregate/summary.ts';
import type { RiskMeasures } from '../config/goals.ts';
import type { PathColumns } from '../simulate/path-columns.ts';
import { writeFileAtomicStreaming } from '../util/atomic-write.ts';
import { csvNumber, csvTable, csvText } from './csv.ts';
import { riskPathColumns, riskPathFigures } from './path-parts.ts';

/** Paths of one cell, all or a chunk of them, with what names them. */
export interface PathChunk {
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

/** The columns of each asset of a portfolio, `BTC.pnl` and `BTC.final_q`, after the others. */
export const ASSET_PATH_COLUMNS = ['pnl', 'final_q'] as const;

/** Their names, asset by asset. */
export function assetPathColumns(assets: readonly string[]): string[] {
  return assets.flatMap((asset) => ASSET_PATH_COLUMNS.map((column) => `${asset}.${column}`));
}

/** What one asset contributed to a path: PnL and final inventory, units; undefined where the cell's portfolio lacks it. */
export function assetFigures(
  { columns, facts }: Pick<PathChunk, 'columns' | 'facts'>,
  name: string,
): ((slot: number) => readonly [pnl: number, finalQ: number]) | undefined {
  const at = facts.assets?.findIndex((asset) => asset.name === name) ?? -1;
  const own = columns.assets?.[at];
  const size = facts.assets?.[at]?.orderSize;
  if (own === undefined || size === undefined) return undefined;
  return (slot) => [own.pnl[slot]!, own.finalLots[slot]! * size];
}

/** PnL less the terminal cost φ q_T². */
export function pnlAfterCost(columns: PathColumns, facts: CellFacts, slot: number): number {
  return columns.pnl[slot]! - terminalCost(columns, facts, slot);
}

/** Rows that are formatted before they are handed to the system, about 400 kB: memory stays bounded. */
const ROWS_AT_ONCE = 4096;

/**
 * Writes paths.csv atomically: one row a path, chunks in the given order. They are taken one at a time, so that a
 * generator or a queue need hold one only; some rows are awaited before the next are formatted.
 *
 * csv-stringify writes the header and quotes the texts; the numbers, which never need quotes, are joined here, since
 * passing every row through the library takes three times as long (3.5 s against 1 s for 1e6 rows).
 * @param assets names of the assets of all chunks' portfolios
 * @param risk of all chunks' scenarios; its columns come last
 * @throws FileError if the file cannot be written, RangeError for an infinite number, the reason of an aborted signal
 */
export async function writePathsCsv(
  file: string,
  chunks: Iterable<PathChunk> | AsyncIterable<PathChunk>,
  signal?: AbortSignal,
  assets: readonly string[] = [],
  risk?: RiskMeasures,
): Promise<void> {
  await writeFileAtomicStreaming(file, async (write) => {
    await write(csvTable([...PATH_COLUMNS, ...assetPathColumns(assets), ...riskPathColumns(risk)], []));
    for await (const chunk of chunks) {
      const { count } = chunk.columns;
      for (let from = 0; from < count; from += ROWS_AT_ONCE) {
        signal?.throwIfAborted();
        await write(csvRows(chunk, from, Math.min(from + ROWS_AT_ONCE, count), assets));
      }
    }
  });
}

function csvRows(chunk: PathChunk, from: number, to: number, assets: readonly string[]): string {
  const { scenario, strategy, columns, facts, seedKey } = chunk;
  const ofAssets = assets.map((name) => assetFigures(chunk, name));
  const parts = riskPathFigures(chunk);
  const cell = `${csvNumber(scenario)},${csvText(strategy)}`;
  let text = '';
  for (let slot = from; slot < to; slot++) {
    const path = columns.firstPath + slot;
    const pnl = `${csvNumber(columns.pnl[slot]!)},${csvNumber(pnlAfterCost(columns, facts, slot))}`;
    const finalQ = csvNumber(columns.finalLots[slot]! * facts.orderSize);
    const maxAbsQ = csvNumber(columns.maxAbsLots[slot]! * facts.orderSize);
    const maxDrawdown = csvNumber(columns.maxDrawdown?.[slot] ?? Number.NaN);
    const numbers = `${pnl},${columns.fills[slot]},${finalQ},${maxAbsQ},${maxDrawdown}`;
    text += `${cell},${path},${csvText(seedKey(path))},${numbers}`;
    for (const figures of ofAssets) {
      const [own, q] = figures?.(slot) ?? [Number.NaN, Number.NaN];
      text += `,${csvNumber(own)},${csvNumber(q)}`;
    }
    for (const figure of parts) text += `,${csvNumber(figure(slot))}`;
    text += '\n';
  }
  return text;
}
