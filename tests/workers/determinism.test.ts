import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
const config = path.join(folder, 'experiment.yaml');
writeFileSync(
  config,
  `name: determinism
seed: 0
paths: 1501
simulator: {sigma: 2, A: 140, k: 1.5, dt: 0.002, Q_max: 6, mu: 0.3, q0: 2}
model: {delta_min: null, delta_max: null}
strategies: [hjb, constant, {type: inventory_aware, half_spread: 0.7, skew: 0.06}, avellaneda_stoikov, symmetric]
sweep:
  simulator.scheme: [stepped, event]
  model.gamma: [0, 0.1]
`,
);

async function report(workers: number): Promise<Record<string, string>> {
  const output = path.join(folder, `workers-${workers}`);
  const { code, stderr } = await runCli(
    ['run', config, '--workers', String(workers), '--output-dir', output, '--export-paths', 'csv'],
    folder,
  );
  expect(stderr).not.toMatch(/error|failed/i);
  expect(code).toBe(0);
  const files = ['summary.csv', 'comparisons.csv', 'paths.csv'];
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(output, file), 'utf8')]));
}

it('writes the same bytes at 0, 1, 2 and 8 workers', async () => {
  const inline = await report(0);
  expect(inline['paths.csv']?.split('\n')).toHaveLength(1 + 4 * 5 * 1501 + 1);
  for (const workers of [1, 2, 8]) {
    const pooled = await report(workers);
    for (const file of Object.keys(inline)) {
      // Not toEqual: a difference of megabytes would be printed.
      expect(pooled[file] === inline[file], `${file} at ${workers} workers`).toBe(true);
    }
  }
}, 120_000);
