/** `precision:` as a user meets it. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
const at = (...names: string[]): string => path.join(folder, ...names);
writeFileSync(
  at('precise.yaml'),
  `paths: 500
precision: {metric: mean, se: 0.05, max_paths: 50000}
simulator: {sigma: 2, A: 20, k: 1.5, scheme: event}
model: {delta_min: null, delta_max: null}
strategies: [hjb, constant]
`,
);
const textOf = (output: string, file: string): string => readFileSync(at(output, file), 'utf8');
const rowsOf = (output: string): Record<string, string>[] => parse(textOf(output, 'summary.csv'), { columns: true });

it('adds paths until every cell has the error asked for, with the bytes of as many paths written outright', async () => {
  for (const workers of ['0', '2']) {
    const args = ['run', 'precise.yaml', '--output-dir', `precise-${workers}`, '--workers', workers, '--export-paths'];
    expect((await runCli(args, folder)).code).toBe(0);
  }
  const rows = rowsOf('precise-0');
  expect(Math.max(...rows.map((row) => Number(row['mean_se'])))).toBeLessThanOrEqual(0.05);
  const [paths] = new Set(rows.map((row) => row['paths']));
  expect(Number(paths)).toBeGreaterThan(500);
  const outright = ['run', 'precise.yaml', '--output-dir', 'outright', '--export-paths', '--set', `paths=${paths}`];
  expect((await runCli([...outright, '--set', `precision.max_paths=${paths}`], folder)).code).toBe(0);
  writeFileSync(at('plain.yaml'), readFileSync(at('precise.yaml'), 'utf8').replace(/^precision.*\n/m, ''));
  const plain = ['run', 'plain.yaml', '--output-dir', 'plain', '--export-paths', '--paths', `${paths}`];
  expect((await runCli(plain, folder)).code).toBe(0);
  for (const file of ['summary.csv', 'comparisons.csv', 'paths.csv']) {
    const text = textOf('precise-0', file);
    for (const other of ['precise-2', 'outright', 'plain'])
      expect(textOf(other, file) === text, `${other}/${file}`).toBe(true);
  }
}, 300_000);

it('says target, what was reached and the paths where the cap ends it', async () => {
  const args = ['run', 'precise.yaml', '--output-dir', 'capped', '--set', 'precision.max_paths=800', '--no-progress'];
  const { code, stderr } = await runCli(args, folder);
  expect(code).toBe(0);
  const worst = Math.max(...rowsOf('capped').map((row) => Number(row['mean_se'])));
  expect(stderr).toContain(`a standard error of 0.05 was asked of each mean`);
  expect(stderr).toContain(`is ${Number(worst.toPrecision(3))} after 800 paths, the cap (precision.max_paths)`);
  const manifest = JSON.parse(textOf('capped', 'manifest.json'));
  expect(manifest.warnings).toContainEqual(
    expect.objectContaining({ kind: 'precision_not_reached', se: 0.05, reached: worst, paths: 800 }),
  );
}, 300_000);

it('runs until a ranking is settled', async () => {
  const settled = ['--set', 'precision={metric: difference, resolved: true, max_paths: 200000}'];
  const { code } = await runCli(['run', 'precise.yaml', '--output-dir', 'ranked', ...settled], folder);
  expect(code).toBe(0);
  const [pair] = parse(textOf('ranked', 'comparisons.csv'), { columns: true }) as Record<string, string>[];
  expect(pair?.['verdict']).not.toBe('inconclusive');
  const plan = await runCli(['plan', 'precise.yaml', ...settled], folder);
  expect(plan.stdout).toContain('until each paired difference is told apart from 0: 400,000 paths at most');
}, 300_000);
