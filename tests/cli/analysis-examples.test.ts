import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBConnection } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli, temporaryFolder } from '../support/cli.ts';

const EXAMPLES = path.resolve(import.meta.dirname, '../../examples/analysis');

const CONFIG = `name: analysed
paths: 210
simulator: {sigma: 2, A: 140, k: 1.5, scheme: event}
model: {phi: 0, delta_min: null, delta_max: null}
strategies: [hjb, constant]
sweep: {model.gamma: [0.1, 1]}
`;

const works = (command: string, args: readonly string[]): boolean => spawnSync(command, args).status === 0;
/** The one that PYTHON names, else the first of the usual ones, as far as it has pandas. */
const python = [process.env['PYTHON'] ?? 'python3', '/usr/bin/python3'].find((one) =>
  works(one, ['-c', 'import pandas']),
);
const PROGRAMS: readonly { readonly file: string; readonly program: string; readonly isThere: boolean }[] = [
  { file: 'analysis.py', program: python ?? '', isThere: python !== undefined },
  { file: 'analysis.R', program: 'Rscript', isThere: works('Rscript', ['--version']) },
];

const folder = temporaryFolder();
const run = path.join(folder, 'run');

describe('examples/analysis', () => {
  beforeAll(async () => {
    writeFileSync(path.join(folder, 'analysed.yaml'), CONFIG);
    const args = ['run', 'analysed.yaml', '--output-dir', 'run', '--workers', '0', '--export-paths'];
    const { code, stderr } = await runCli(args, folder);
    expect(code, stderr).toBe(0);
  });

  it('analysis.sql finds the figures of summary.csv in the paths', async () => {
    const connection = await DuckDBConnection.create();
    await connection.run(`SET file_search_path = '${run}'`);
    const statements = await connection.extractStatements(readFileSync(path.join(EXAMPLES, 'analysis.sql'), 'utf8'));
    const tables: Record<string, unknown>[][] = [];
    for (let i = 0; i < statements.count; i++) {
      const prepared = await statements.prepare(i);
      tables.push((await prepared.runAndReadAll()).getRowObjectsJS());
    }
    connection.closeSync();
    const [leaders = [], differences = [], figures = []] = tables;
    // Two scenarios of two strategies, and one pair in each, which may be inconclusive.
    expect(leaders).toHaveLength(4);
    expect(differences.length).toBeLessThanOrEqual(2);
    expectFigures(figures);
  });

  for (const { file, program, isThere } of PROGRAMS) {
    if (!isThere) {
      process.stderr.write(`\n*** examples/analysis/${file} is NOT TESTED: what runs it is not installed ***\n\n`);
    }
    it.skipIf(!isThere)(`${file} finds the figures of summary.csv in the paths`, () => {
      copyFileSync(path.join(EXAMPLES, file), path.join(run, file));
      expectFigures(rowsOf(tableOf(execFileSync(program, [file], { cwd: run, encoding: 'utf8' }))));
    });
  }
});

/** The figures that another program computed from paths.csv are those of summary.csv. */
function expectFigures(found: readonly Readonly<Record<string, unknown>>[]): void {
  const summary = rowsOf(readFileSync(path.join(run, 'summary.csv'), 'utf8'));
  expect(found).toHaveLength(4);
  for (const row of found) {
    const expected = summary.find(
      (one) => one['scenario'] === String(row['scenario']) && one['strategy'] === row['strategy'],
    );
    for (const figure of ['mean', 'std', 'p05', 'cvar95']) {
      expect(Number(row[figure])).toBeCloseTo(Number(expected?.[figure]), 10);
    }
  }
}

/** The table of figures from paths, head and four rows, in what a program printed. */
function tableOf(printed: string): string {
  const lines = printed.split('\n');
  const head = lines.findIndex((line) => line.replaceAll('"', '') === 'scenario,strategy,mean,std,p05,cvar95');
  return lines.slice(head, head + 5).join('\n');
}

function rowsOf(csv: string): Record<string, string>[] {
  return z.array(z.record(z.string(), z.string())).parse(parse(csv, { columns: true }));
}
