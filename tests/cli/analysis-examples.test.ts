import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli, temporaryFolder } from '../support/cli.ts';

const EXAMPLES = path.resolve(import.meta.dirname, '../../examples/analysis');
const python = process.env['PYTHON'] ?? 'python3';

const CONFIG = `name: analysed
paths: 210
simulator: {sigma: 2, A: 140, k: 1.5, scheme: event}
model: {phi: 0, delta_min: null, delta_max: null}
strategies: [hjb, constant]
sweep: {model.gamma: [0.1, 1]}
`;

/** Runs each statement of a file with DuckDB's Python module; rows as CSV, as the duckdb command prints them. */
const DUCKDB_IN_PYTHON = `
import duckdb, csv, sys
for statement in duckdb.extract_statements(open(sys.argv[1]).read()):
    result = duckdb.execute(statement)
    out = csv.writer(sys.stdout, lineterminator="\\n")
    out.writerow([column[0] for column in result.description])
    out.writerows(result.fetchall())
`;

const works = (command: string, args: readonly string[]): boolean => spawnSync(command, args).status === 0;
const duckdb = works('duckdb', ['--version'])
  ? ['sh', '-c', 'duckdb -csv < "$0"']
  : works(python, ['-c', 'import duckdb'])
    ? [python, '-c', DUCKDB_IN_PYTHON]
    : undefined;

const EXAMPLE_RUNS: readonly { readonly file: string; readonly command: readonly string[] | undefined }[] = [
  { file: 'analysis.sql', command: duckdb },
  { file: 'analysis.py', command: works(python, ['-c', 'import pandas']) ? [python] : undefined },
  { file: 'analysis.R', command: works('Rscript', ['--version']) ? ['Rscript'] : undefined },
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

  for (const { file, command } of EXAMPLE_RUNS) {
    if (command === undefined) {
      process.stderr.write(`\n*** examples/analysis/${file} is NOT TESTED: what runs it is not installed ***\n\n`);
    }
    // The figures of the last table, which another program computed from paths.csv, are those of summary.csv.
    it.skipIf(command === undefined)(`${file} finds the figures of summary.csv in the paths`, () => {
      copyFileSync(path.join(EXAMPLES, file), path.join(run, file));
      const [program = '', ...args] = command ?? [];
      const printed = execFileSync(program, [...args, file], { cwd: run, encoding: 'utf8' });
      const found = rowsOf(tableOf(printed));
      const summary = rowsOf(readFileSync(path.join(run, 'summary.csv'), 'utf8'));
      expect(found).toHaveLength(4);
      for (const row of found) {
        const expected = summary.find(
          (one) => one['scenario'] === row['scenario'] && one['strategy'] === row['strategy'],
        );
        for (const figure of ['mean', 'std', 'p05', 'cvar95']) {
          expect(Number(row[figure])).toBeCloseTo(Number(expected?.[figure]), 10);
        }
      }
    });
  }
});

/** The table of figures from paths, head and four rows, in what a program printed. */
function tableOf(printed: string): string {
  const lines = printed.split('\n');
  const head = lines.findIndex((line) => line.replaceAll('"', '') === 'scenario,strategy,mean,std,p05,cvar95');
  return lines.slice(head, head + 5).join('\n');
}

function rowsOf(csv: string): Record<string, string>[] {
  return z.array(z.record(z.string(), z.string())).parse(parse(csv, { columns: true }));
}
