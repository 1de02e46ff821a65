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

const market = {
  simulator: { sigma: 2, A: 20, k: 1.5, scheme: 'event', Q_max: 4 },
  model: { dt: 0.1, delta_min: null, delta_max: null },
};

/** The scenarios' points of a sweep, as `plan --json` gives them. */
async function pointsOf(sweep: object, ...more: string[]): Promise<Record<string, number | string>[]> {
  writeFileSync(
    path.join(folder, 'design.json'),
    JSON.stringify({ paths: 2, ...market, strategies: ['constant'], sweep }),
  );
  const { stdout } = await runCli(['plan', 'design.json', '--json', '--workers', '0', ...more], folder);
  const values = z.record(z.string(), z.union([z.number(), z.string()]));
  return z.object({ points: z.array(values) }).parse(JSON.parse(stdout)).points;
}

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
  }, 300_000);

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
  }, 300_000);

  it('takes products, cases, ranges and an axis of the command line', async () => {
    const points = await pointsOf(
      {
        'simulator.k': { from: 0.5, to: 2, steps: 3, scale: 'log' },
        'model.phi': { from: 0.1, to: 0.5, steps: 3 },
        cases: [
          { 'simulator.sigma': 1, 'simulator.midprice': 'brownian' },
          { 'simulator.sigma': 2, 'simulator.midprice': 'merton' },
        ],
      },
      '--set',
      'model.gamma=0.1,0.2',
    );
    expect(points).toHaveLength(3 * 3 * 2 * 2);
    const distinct = (key: string) => [...new Set(points.map((point) => point[key]))];
    expect(distinct('simulator.k')).toEqual([0.5, 1, 2]);
    expect(distinct('model.phi')).toEqual([0.1, 0.3, 0.5]);
    expect(distinct('model.gamma')).toEqual([0.1, 0.2]);
    const cases = new Set(points.map((point) => `${point['simulator.sigma']} ${point['simulator.midprice']}`));
    expect([...cases]).toEqual(['1 brownian', '2 merton']);
  }, 300_000);

  it('takes Sobol, Latin hypercube and random designs', async () => {
    const sample = (design: string, seed?: number) =>
      pointsOf({
        sample: {
          design,
          points: 8,
          ...(seed === undefined ? {} : { seed }),
          axes: { 'simulator.sigma': { from: 0, to: 8 }, 'model.gamma': { from: 1, to: 100, scale: 'log' } },
        },
      });
    const sobol = await sample('sobol');
    // scipy.stats.qmc.Sobol(d=2, scramble=False).random(4)[:, 0]
    expect(sobol.slice(0, 4).map((point) => point['simulator.sigma'])).toEqual([0, 4, 6, 2]);
    for (const points of [sobol, await sample('latin_hypercube')]) {
      const slices = points.map((point) => Math.floor(Number(point['simulator.sigma'])));
      expect(slices.sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      const logs = points.map((point) => Math.floor(4 * Math.log10(Number(point['model.gamma'])) + 1e-9));
      expect(logs.sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    }
    const random = await sample('random', 1);
    expect(await sample('random', 1)).toEqual(random);
    expect(await sample('random', 2)).not.toEqual(random);
  }, 300_000);

  it('of a maker whose k and sigma are wrong: configs/misspecification.yaml', async () => {
    const worked = path.resolve(import.meta.dirname, '../../configs/misspecification.yaml');
    const args = ['run', worked, '--paths', '1000', '--output-dir', 'wrong', '--no-html', '--quiet'];
    expect((await runCli(args, folder)).code).toBe(0);
    const summary = rowsOf(path.join(folder, 'wrong/summary.csv'));
    const beliefs = new Set(summary.map((row) => `${row['model.k']} ${row['model.sigma']}`));
    expect([...beliefs]).toEqual([
      '0.75 1',
      '0.75 2',
      '0.75 3',
      '1.5 1',
      '1.5 2',
      '1.5 3',
      '2.25 1',
      '2.25 2',
      '2.25 3',
    ]);
    const means = (strategy: string) => summary.filter((row) => row['strategy'] === strategy).map((row) => row['mean']);
    expect(new Set(means('informed')).size).toBe(1);
    expect(means('hjb')[4]).toBe(means('informed')[4]);
    // Nobody who is wrong by his own objective does better by it.
    const equivalents = (strategy: string) =>
      summary.filter((row) => row['strategy'] === strategy).map((row) => Number(row['certainty_equivalent']));
    const informed = equivalents('informed');
    for (const [i, value] of equivalents('hjb').entries()) expect(value).toBeLessThanOrEqual(informed[i]! + 0.2);
  }, 300_000);

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
    300_000,
  );
});
