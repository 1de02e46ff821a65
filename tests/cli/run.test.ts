import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
writeFileSync(
  path.join(folder, 'small.yaml'),
  `paths: 500
simulator: {sigma: 2, A: 140, k: 1.5, dt: 0.005}
model: {delta_min: null, delta_max: null}
strategies: [hjb, constant]
`,
);

const SUMMARY_HEADER =
  'scenario,strategy,paths,mean,mean_se,mean_ci_low,mean_ci_high,std,std_se,p05,p05_se,p50,p95,p95_se,var95,cvar95,' +
  'cvar95_se,skewness,kurtosis,min,max,sharpe,fills_mean,final_q_mean,final_q_std,max_abs_q_mean,max_drawdown_mean,' +
  'certainty_equivalent,certainty_equivalent_se,variance_ratio,percentile_error,' +
  'p50_se,sharpe_se,fills_mean_se,final_q_mean_se,final_q_std_se,max_abs_q_mean_se,max_drawdown_mean_se';

function rowsOf(file: string): Record<string, string>[] {
  return parse(readFileSync(path.join(folder, file), 'utf8'), { columns: true });
}

describe('run', () => {
  it('writes the report that it names, and only that', async () => {
    const { code, stdout, stderr } = await runCli(['run', 'small.yaml', '--output-dir', 'plain'], folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^strategy +mean PnL ± se/);
    expect(stdout).toContain('report in plain');
    // 0.005 × 140 market orders a step is coarse, and 500 paths are few.
    expect(stderr).toMatch(/^warning: hjb: up to .* market orders reach a quote in one step/m);
    expect(stderr).toMatch(/^warning: 500 paths leave fewer than/m);
    // A run of more than a second has a journal as well.
    const files = readdirSync(path.join(folder, 'plain')).filter((name) => name !== 'journal.bin');
    expect(files.sort()).toEqual(['best.csv', 'comparisons.csv', 'manifest.json', 'report.html', 'summary.csv']);
    expect(readFileSync(path.join(folder, 'plain/summary.csv'), 'utf8').split('\n')[0]).toBe(SUMMARY_HEADER);
    expect(rowsOf('plain/comparisons.csv')).toMatchObject([{ scenario: '0', strategy: 'constant', baseline: 'hjb' }]);
  });

  it('puts a run without --output-dir into runs/<date>-<name>-<hash>', async () => {
    const { code } = await runCli(['run', 'small.yaml', '--quiet'], folder);
    expect(code).toBe(0);
    const names = readdirSync(path.join(folder, 'runs'));
    expect(names).toHaveLength(1);
    expect(names[0]).toMatch(/^\d{4}-\d{2}-\d{2}-small-[0-9a-f]{8}$/);
  });

  it('says the same as one JSON document', async () => {
    const { code, stdout } = await runCli(
      ['run', 'small.yaml', '--json', '--output-dir', 'json', '--seed', 'abc'],
      folder,
    );
    expect(code).toBe(0);
    const row = z.object({ strategy: z.string(), mean: z.number(), mean_se: z.number() });
    const schema = z.object({ scenarios: z.tuple([z.object({ strategies: z.array(row) })]) });
    const { strategies } = schema.parse(JSON.parse(stdout)).scenarios[0];
    expect(strategies.map(({ mean }) => String(mean))).toEqual(rowsOf('json/summary.csv').map(({ mean }) => mean));
    const manifest = z
      .object({ seed: z.literal('abc'), files: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(path.join(folder, 'json/manifest.json'), 'utf8')));
    expect(Object.keys(manifest.files)).toEqual(['summary.csv', 'comparisons.csv', 'best.csv']);
  });

  it('exports single paths that the summary is made of', async () => {
    const args = ['run', 'small.yaml', '--export-paths', 'csv', '--output-dir', 'paths'];
    expect((await runCli(args, folder)).code).toBe(0);
    const rows = rowsOf('paths/paths.csv');
    expect(rows).toHaveLength(1000);
    expect(rows[3]).toMatchObject({ scenario: '0', strategy: 'hjb', path: '3', seed_key: '42/3' });
    const pnl = rows.filter(({ strategy }) => strategy === 'hjb').map((row) => Number(row['pnl']));
    const mean = pnl.reduce((sum, x) => sum + x, 0) / pnl.length;
    expect(mean).toBeCloseTo(Number(rowsOf('paths/summary.csv')[0]?.['mean']), 10);
    // A later run without them leaves none behind that it did not write.
    expect((await runCli(['run', 'small.yaml', '--output-dir', 'paths'], folder)).code).toBe(0);
    expect(existsSync(path.join(folder, 'paths/paths.csv'))).toBe(false);
  });

  it('takes overrides, and a sweep as columns', async () => {
    const sweep = { strategies: ['constant'], paths: 50, sweep: { 'model.gamma': [0, 1], 'simulator.q0': [0, 2] } };
    writeFileSync(path.join(folder, 'sweep.json'), JSON.stringify(sweep));
    const args = [
      'sweep',
      'sweep.json',
      '--set',
      'simulator.T=0.5',
      '--set',
      'simulator.dt=0.1',
      '--output-dir',
      'sweep',
    ];
    expect((await runCli(args, folder)).code).toBe(0);
    const rows = rowsOf('sweep/summary.csv').map((row) => [row['scenario'], row['model.gamma'], row['simulator.q0']]);
    expect(rows).toEqual([
      ['0', '0', '0'],
      ['1', '0', '2'],
      ['2', '1', '0'],
      ['3', '1', '2'],
    ]);
  });

  it('only plans with --dry-run', async () => {
    const { code, stdout } = await runCli(['run', 'small.yaml', '--dry-run', '--output-dir', 'dry', '--json'], folder);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ scenarios: 1, cells: 2, paths: 1000, steps: 200_000 });
    expect(existsSync(path.join(folder, 'dry'))).toBe(false);
  });
});

describe('the guide’s defaults', () => {
  it('warn that the quote bounds make hjb and constant the same', async () => {
    writeFileSync(path.join(folder, 'defaults.yaml'), 'strategies: [hjb, constant]\n');
    const { code, stderr } = await runCli(['run', 'defaults.yaml', '--output-dir', 'defaults'], folder);
    expect(code).toBe(0);
    expect(stderr).toContain("a quote bound binds in 100 % of the grid's quotes");
    expect(stderr).toContain('--set model.delta_max=null');
    expect(stderr).toContain('constant and hjb made the same PnL on every path');
  });
});

describe('other commands', () => {
  it('solve prints the quote grid as CSV', async () => {
    const { code, stdout } = await runCli(['solve', 'small.yaml'], folder);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('t,q,theta,delta_bid,delta_ask');
    expect(lines).toHaveLength(1 + 101 * 21);
    // At q = −10 there is no ask, at q = 10 no bid.
    expect(lines[1]).toMatch(/^0,-10,[^,]+,[^,]+,$/);
    expect(lines[21]).toMatch(/^0,10,[^,]+,,[^,]+$/);
  });

  it('validate, plan, schema and init do as their help says', async () => {
    expect(await runCli(['validate', 'small.yaml'], folder)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('valid'),
    });
    expect((await runCli(['plan', 'small.yaml'], folder)).stdout).toContain('paths       1,000');
    expect(JSON.parse((await runCli(['schema'], folder)).stdout)).toHaveProperty('properties.simulator');
    expect((await runCli(['init', 'new.yaml'], folder)).code).toBe(0);
    expect((await runCli(['validate', 'new.yaml'], folder)).code).toBe(0);
    expect(await runCli(['init', 'new.yaml'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('exists already'),
    });
    expect((await runCli(['--help'], folder)).stdout).toContain('run <config>');
    expect((await runCli(['completion'], folder)).stdout).toContain('mm-batch');
  });
});
