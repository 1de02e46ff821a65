import type { ColumnSource, SchemaElement } from 'hyparquet-writer';
import type { RiskMeasures } from '../config/goals.ts';
import { writeFileAtomicStreaming } from '../util/atomic-write.ts';
import { riskPathColumns, riskPathFigures } from './path-parts.ts';
import { assetFigures, assetPathColumns, PATH_COLUMNS, type PathChunk, pnlAfterCost } from './paths-csv.ts';

/** Rows encoded at once, about 8 MB of columns and keys: memory stays bounded. */
const ROWS_PER_GROUP = 100_000;

type Column = (typeof PATH_COLUMNS)[number];

const TYPES: Readonly<Record<Column, 'INT32' | 'DOUBLE' | 'STRING'>> = {
  scenario: 'INT32',
  strategy: 'STRING',
  path: 'INT32',
  seed_key: 'STRING',
  pnl: 'DOUBLE',
  pnl_after_cost: 'DOUBLE',
  fills: 'INT32',
  final_q: 'DOUBLE',
  max_abs_q: 'DOUBLE',
  max_drawdown: 'DOUBLE',
};

/**
 * Writes paths.parquet atomically: the rows of `writePathsCsv`, doubles bit for bit, texts as they are (nothing runs a
 * Parquet text as a formula). Row groups are encoded and written one at a time. The library is loaded on first use.
 * @throws FileError if the file cannot be written
 */
export async function writePathsParquet(
  file: string,
  chunks: Iterable<PathChunk> | AsyncIterable<PathChunk>,
  signal?: AbortSignal,
  assets: readonly string[] = [],
  risk?: RiskMeasures,
): Promise<void> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  await writeFileAtomicStreaming(file, async (write) => {
    const writer = new ByteWriter();
    const flush = async (): Promise<void> => {
      const bytes = writer.getBytes().slice();
      writer.index = 0; // `offset` goes on counting: the footer needs positions in the file
      await write(bytes);
    };
    const parquet = new ParquetWriter({
      writer,
      schema: schema([...assetPathColumns(assets), ...riskPathColumns(risk)]),
      createdBy: 'mm-batch',
    });
    for await (const chunk of chunks) {
      for (let from = 0; from < chunk.columns.count; from += ROWS_PER_GROUP) {
        signal?.throwIfAborted();
        const to = Math.min(from + ROWS_PER_GROUP, chunk.columns.count);
        await parquet.write({ columnData: rowGroup(chunk, from, to, assets), rowGroupSize: ROWS_PER_GROUP });
        await flush();
      }
    }
    await parquet.finish();
    await flush();
  });
}

function schema(further: readonly string[]): SchemaElement[] {
  const columns = PATH_COLUMNS.map((name): SchemaElement => {
    const type = TYPES[name];
    return type === 'STRING'
      ? { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' }
      : { name, type, repetition_type: 'REQUIRED' };
  });
  const own = further.map((name): SchemaElement => ({ name, type: 'DOUBLE', repetition_type: 'REQUIRED' }));
  return [{ name: 'root', num_children: columns.length + own.length }, ...columns, ...own];
}

function rowGroup(chunk: PathChunk, from: number, to: number, assets: readonly string[]): ColumnSource[] {
  const { scenario, strategy, columns, facts, seedKey } = chunk;
  const length = to - from;
  const first = columns.firstPath + from;
  const doubles = (value: (slot: number) => number) => Float64Array.from({ length }, (_, i) => value(from + i));
  const data: Readonly<Record<Column, ColumnSource['data']>> = {
    scenario: new Int32Array(length).fill(scenario),
    strategy: new Array<string>(length).fill(strategy),
    path: Int32Array.from({ length }, (_, i) => first + i),
    seed_key: Array.from({ length }, (_, i) => seedKey(first + i)),
    pnl: columns.pnl.subarray(from, to),
    pnl_after_cost: doubles((slot) => pnlAfterCost(columns, facts, slot)),
    fills: columns.fills.subarray(from, to),
    final_q: doubles((slot) => columns.finalLots[slot]! * facts.orderSize),
    max_abs_q: doubles((slot) => columns.maxAbsLots[slot]! * facts.orderSize),
    max_drawdown: columns.maxDrawdown?.subarray(from, to) ?? new Float64Array(length).fill(Number.NaN),
  };
  const own = assets.flatMap((asset) => {
    const figures = assetFigures(chunk, asset);
    return assetPathColumns([asset]).map((name, i) => ({
      name,
      data: doubles((slot) => figures?.(slot)[i] ?? Number.NaN),
    }));
  });
  const figures = riskPathFigures(chunk);
  const parts = riskPathColumns(facts.risk?.measures).flatMap((name, i) => {
    const figure = figures[i];
    return figure === undefined ? [] : [{ name, data: doubles(figure) }];
  });
  return [...PATH_COLUMNS.map((name) => ({ name, data: data[name] })), ...own, ...parts];
}
