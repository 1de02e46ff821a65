import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
const config = path.join(folder, 'experiment.yaml');
writeFileSync(
  config,
  `name: portfolio
seed: 7
paths: 300
simulator: {sigma: 2, A: 40, k: 1.5, dt: 0.02, Q_max: 4, latency: 0.03, drawdown_dt: 0.1}
model: {delta_min: null, delta_max: null}
assets:
  - {name: BTC, simulator: {q0: 2}}
  - {name: ETH/USD, simulator: {sigma: 1, order_size: 0.5, Q_max: 1, arrivals: hawkes}}
correlation: 0.6
strategies: [hjb, joint_hjb, random]
sweep:
  simulator.scheme: [stepped, event]
`,
);

async function report(workers: number): Promise<Record<string, string>> {
  const output = path.join(folder, `workers-${workers}`);
  const { code, stderr } = await runCli(
    ['run', config, '--workers', String(workers), '--output-dir', output, '--export-paths', 'csv'],
    folder,
  );
  expect(stderr).not.toContain('failed');
  expect(code).toBe(0);
  const files = ['summary.csv', 'comparisons.csv', 'paths.csv'];
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(output, file), 'utf8')]));
}

it('a portfolio gives the same bytes at 0, 1 and 2 workers', async () => {
  const inline = await report(0);
  const [header = '', first = ''] = inline['paths.csv']?.split('\n') ?? [];
  expect(header).toMatch(/,max_drawdown,BTC\.pnl,BTC\.final_q,ETH\/USD\.pnl,ETH\/USD\.final_q$/);
  const row = first.split(',');
  expect(Number(row[4])).toBe(Number(row.at(-4)) + Number(row.at(-2)));
  expect(inline['summary.csv']?.split('\n')[0]).toMatch(
    /,BTC\.mean,BTC\.mean_se,BTC\.std,BTC\.cvar95,BTC\.fills_mean,BTC\.final_q_mean,BTC\.final_q_std,ETH\/USD\.mean,/,
  );
  expect(inline['paths.csv']?.split('\n')).toHaveLength(1 + 2 * 3 * 300 + 1);
  for (const workers of [1, 2]) {
    const pooled = await report(workers);
    for (const file of Object.keys(inline)) {
      // Not toEqual: a difference of megabytes would be printed.
      expect(pooled[file] === inline[file], `${file} at ${workers} workers`).toBe(true);
    }
  }
}, 120_000);
