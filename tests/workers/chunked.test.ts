import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
const PATHS = 140_000;
writeFileSync(
  path.join(folder, 'chunked.yaml'),
  `name: chunked
seed: chunks
paths: ${PATHS}
simulator: {sigma: 2, A: 1, k: 1.5, scheme: event}
model: {delta_min: null, delta_max: null}
strategies: [hjb, constant]
`,
);

async function report(workers: number, statistics: string): Promise<Record<string, string>> {
  const output = path.join(folder, `${statistics}-${workers}`);
  const args = ['run', 'chunked.yaml', '--workers', String(workers), '--set', `statistics=${statistics}`];
  const { code, stderr } = await runCli([...args, '--output-dir', output, '--export-paths', 'csv'], folder);
  expect(stderr).not.toMatch(/error|failed/i);
  expect(code).toBe(0);
  const files = ['summary.csv', 'comparisons.csv', 'paths.csv', 'manifest.json'];
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(output, file), 'utf8')]));
}

it('paths in chunks: the same bytes at 0, 1 and 3 workers, and the same paths as all at once', async () => {
  const inline = await report(0, 'sketch');
  for (const workers of [1, 3]) {
    const pooled = await report(workers, 'sketch');
    for (const file of ['summary.csv', 'comparisons.csv', 'paths.csv']) {
      // Not toEqual: a difference of megabytes would be printed.
      expect(pooled[file] === inline[file], `${file} at ${workers} workers`).toBe(true);
    }
  }
  const exact = await report(2, 'exact');
  const rowsOf = (text: string | undefined, strategy: string) =>
    (text ?? '').split('\n').filter((line) => line.split(',')[1] === strategy);
  for (const strategy of ['hjb', 'constant']) {
    const rows = rowsOf(inline['paths.csv'], strategy);
    expect(rows).toHaveLength(PATHS);
    expect(rows.join() === rowsOf(exact['paths.csv'], strategy).join(), strategy).toBe(true);
  }
  expect(JSON.parse(inline['manifest.json'] ?? '')).toMatchObject({ statistics: ['sketch'] });
  expect(JSON.parse(exact['manifest.json'] ?? '')).toMatchObject({ statistics: ['exact'] });
}, 120_000);
