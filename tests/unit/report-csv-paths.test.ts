import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PATH_COLUMNS, type PathChunk, writePathsCsv } from '../../src/report/paths-csv.ts';
import { writePathsParquet } from '../../src/report/paths-parquet.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mm-batch-paths-'));
});
afterEach(() => rm(folder, { recursive: true }));

function cell(scenario: number, strategy: string, count: number, firstPath = 0): PathChunk {
  const ints = (f: (i: number) => number) => Int32Array.from({ length: count }, (_, i) => f(i));
  return {
    scenario,
    strategy,
    columns: {
      firstPath,
      count,
      pnl: Float64Array.from({ length: count }, (_, i) => Math.sqrt(i) - 10),
      maxDrawdown: Float64Array.from({ length: count }, (_, i) => i / 3),
      integralQ2: new Float64Array(count),
      fills: ints((i) => i % 50),
      finalLots: ints((i) => (i % 7) - 3),
      maxAbsLots: ints((i) => i % 4),
    },
    facts: { orderSize: 0.5, gamma: 0.1, phi: 0.2, running: 0, varianceReduction: 'none' as const },
    seedKey: (i) => `=seed,${i}`,
  };
}

function expectedRow({ scenario, strategy, columns, seedKey }: PathChunk, i: number) {
  const q = columns.finalLots[i]! * 0.5;
  return {
    scenario,
    strategy,
    path: columns.firstPath + i,
    seed_key: seedKey(columns.firstPath + i),
    pnl: columns.pnl[i]!,
    pnl_after_cost: columns.pnl[i]! - 0.2 * q * q,
    fills: columns.fills[i]!,
    final_q: q,
    max_abs_q: columns.maxAbsLots[i]! * 0.5,
    max_drawdown: columns.maxDrawdown![i]!,
  };
}

describe('paths.csv', () => {
  test('every row of every cell, over chunk ends, each number the same double', async () => {
    const cells = [cell(0, '-hjb', 4097), cell(1, 'a,b', 3, 70), cell(2, 'none', 0)];
    const file = path.join(folder, 'paths.csv');
    await writePathsCsv(file, cells);
    const text = await readFile(file, 'utf8');
    expect(text.startsWith(`${PATH_COLUMNS.join(',')}\n0,'-hjb,0,"'=seed,0",-10,-10.45,0,-1.5,0,0\n`)).toBe(true);
    const rows = parse(text, { columns: true }) as Record<string, string>[];
    const expected = cells.flatMap((c) => Array.from({ length: c.columns.count }, (_, i) => expectedRow(c, i)));
    expect(rows).toHaveLength(4100);
    rows.forEach((row, r) => {
      for (const [name, value] of Object.entries(expected[r]!)) {
        if (typeof value === 'number') expect(Number(row[name])).toBe(value === 0 ? 0 : value);
      }
    });
    expect(rows[4097]).toMatchObject({ scenario: '1', strategy: 'a,b', seed_key: "'=seed,70" });
  });

  test('takes cells as they come, and an error in the middle leaves no file', async () => {
    const file = path.join(folder, 'paths.csv');
    async function* cells() {
      yield cell(0, 'hjb', 10);
      throw new Error('cell 1 failed');
    }
    await expect(writePathsCsv(file, cells())).rejects.toThrow('cell 1 failed');
    const infinite = cell(0, 'hjb', 2);
    infinite.columns.pnl[1] = Infinity;
    await expect(writePathsCsv(file, [infinite])).rejects.toThrow(RangeError);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('paths.parquet', () => {
  test('the same rows, doubles bit for bit and texts untouched, in bounded row groups', async () => {
    const cells = [cell(0, '-hjb', 100_001), cell(1, 'a,b', 3, 70), cell(2, 'none', 0)];
    const file = path.join(folder, 'paths.parquet');
    await writePathsParquet(file, cells);
    const buffer = await asyncBufferFromFile(file);
    const metadata = await parquetMetadataAsync(buffer);
    expect(metadata.row_groups.map((group) => Number(group.num_rows))).toEqual([100_000, 1, 3]);
    const rows = await parquetReadObjects({ file: buffer });
    expect(Object.keys(rows[0]!)).toEqual([...PATH_COLUMNS]);
    let row = 0;
    for (const c of cells) {
      for (let i = 0; i < c.columns.count; i++, row++) {
        const wrong = Object.entries(expectedRow(c, i)).filter(([name, value]) => !Object.is(rows[row]![name], value));
        if (wrong.length > 0) expect(rows[row]).toEqual(Object.fromEntries(wrong));
      }
    }
    expect(row).toBe(rows.length);
  });

  test('no path at all is a file with the columns and no row', async () => {
    const file = path.join(folder, 'paths.parquet');
    await writePathsParquet(file, []);
    const metadata = await parquetMetadataAsync(await asyncBufferFromFile(file));
    expect(metadata.num_rows).toBe(0n);
    expect(metadata.schema.slice(1).map((column) => column.name)).toEqual([...PATH_COLUMNS]);
  });
});
