import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
const config = path.join(folder, 'sweep.yaml');
writeFileSync(
  config,
  `name: sweep
paths: 400
simulator: {sigma: 2, A: 140, k: 1.5, scheme: event, Q_max: 5}
model: {delta_min: null, delta_max: null}
strategies: [hjb, constant, {type: hjb, name: twin}]
sweep:
  zip: {simulator.A: [100, 140], simulator.k: [1, 1.5]}
  model.gamma: {from: 0.1, to: 0.3, step: 0.1}
  exclude: [{simulator.A: 100, model.gamma: 0.2}]
`,
);

const rowsOf = (file: string): Record<string, string>[] =>
  z.array(z.record(z.string(), z.string())).parse(parse(readFileSync(file, 'utf8'), { columns: true }));

describe('a sweep', () => {
  it('has every swept key as a column, and the best strategy of each scenario', async () => {
    const output = path.join(folder, 'out');
    const args = ['sweep', config, '--output-dir', output, '--set', 'model.phi=0,0.01', '--workers', '2'];
    const { code, stdout } = await runCli(args, folder);
    expect(code).toBe(0);
    const summary = rowsOf(path.join(output, 'summary.csv'));
    expect(summary).toHaveLength(5 * 2 * 3);
    const swept = ['simulator.A', 'simulator.k', 'model.gamma', 'model.phi'];
    expect(Object.keys(summary[0] ?? {}).slice(0, 6)).toEqual(['scenario', ...swept, 'strategy']);
    expect(summary.slice(3, 4)).toMatchObject([
      { scenario: '1', 'simulator.A': '100', 'simulator.k': '1', 'model.gamma': '0.1', 'model.phi': '0.01' },
    ]);

    const best = rowsOf(path.join(output, 'best.csv'));
    expect(best).toHaveLength(10);
    expect(Object.keys(best[0] ?? {}).slice(0, 7)).toEqual(['scenario', ...swept, 'best', 'mean']);
    const comparisons = rowsOf(path.join(output, 'comparisons.csv'));
    for (const row of best) {
      const means = summary.filter(({ scenario }) => scenario === row['scenario']);
      const ranked = means.toSorted((a, b) => Number(b['mean']) - Number(a['mean']));
      expect([row['best'], row['mean']]).toEqual([ranked[0]?.['strategy'], ranked[0]?.['mean']]);
      expect(row['runner_up']).toBe(ranked[1]?.['strategy']);
      const pair = comparisons.find(
        ({ scenario, strategy, baseline }) =>
          scenario === row['scenario'] &&
          [row['best'], row['runner_up']].every((name) => [strategy, baseline].includes(name ?? '')),
      );
      expect(Math.abs(Number(row['difference']))).toBe(Math.abs(Number(pair?.['mean_difference'])));
      // The twin makes the same PnL on every path, so that nobody can be sure of the best one where it is among the first.
      if (row['best'] !== 'constant') expect(row).toMatchObject({ confidence: '0', verdict: 'unresolved' });
    }
    expect(best.some((row) => row['best'] !== 'constant')).toBe(true);
    expect(readFileSync(path.join(output, 'manifest.json'), 'utf8')).toContain('best.csv');
    expect(stdout).toContain('family-wise confidence');
  }, 60_000);

  it('is planned with its values and a measured time, and leaves nothing behind', async () => {
    const planned = await runCli(['plan', config], folder);
    expect(planned.stdout).toMatch(
      / {2}scenarios {3}5 over simulator\.A, simulator\.k, model\.gamma\n {4}simulator\.A: 100, 140\n/,
    );
    expect(planned.stdout).toMatch(/\n {2}cells {7}15 /);
    expect(planned.stdout).toMatch(
      /\n {2}time {8}about .* scaled up from \d+ of the cells, timed for .* on this machine\n/,
    );
    const args = ['run', config, '--dry-run', '--json', '--output-dir', path.join(folder, 'none'), '--workers', '0'];
    const { stdout, code } = await runCli(args, folder);
    const document: unknown = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(document).toMatchObject({
      cells: 15,
      swept: ['simulator.A', 'simulator.k', 'model.gamma'],
      time: { threads: 1 },
    });
    expect(z.object({ points: z.array(z.unknown()) }).parse(document).points).toHaveLength(5);
    expect(z.object({ time: z.object({ seconds: z.number().gt(0) }) }).safeParse(document).success).toBe(true);
    expect(existsSync(path.join(folder, 'none'))).toBe(false);
    expect(existsSync(path.join(folder, 'runs'))).toBe(false);
  }, 60_000);

  it.each([['plan'], ['run', '--dry-run'], ['run']])(
    '%s %s refuses what a run would',
    async (command, ...more) => {
      const unwritable = path.join(config, 'inside-a-file');
      const refused = await runCli([command, config, ...more, '--output-dir', unwritable], folder);
      expect([refused.code, refused.stdout]).toEqual([2, '']);
      expect(refused.stderr).toContain('inside-a-file');
      const huge = ['--paths', '900000000', '--set', 'statistics=exact', '--output-dir', path.join(folder, 'huge')];
      const tooMany = await runCli([command, config, ...more, ...huge], folder);
      expect([tooMany.code, tooMany.stdout]).toEqual([2, '']);
      expect(tooMany.stderr).toContain('expected a number whose results fit in memory');
      const cells = await runCli(
        [command, config, ...more, '--set', 'sweep.model.phi={from: 0, to: 1, steps: 50000}'],
        folder,
      );
      expect(cells.code).toBe(2);
      expect(cells.stderr).toContain(
        'expected at most 100000 cells, got 900000 (300000 = 2 x 3 x 50000 scenarios x 3 strategies)',
      );
    },
    60_000,
  );
});
