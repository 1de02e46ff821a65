import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
const rowsOf = (file: string): Record<string, string>[] => parse(read(file), { columns: true });
const place = (file: string): string => path.join(folder, file);
/** The market of Avellaneda & Stoikov, coarse. */
const market = ['--sigma', '2', '--A', '140', '--k', '1.5', '--phi', '0', '--dt', '0.02'];

/** Width and height of a PNG, from its header. */
function sizeOf(file: string): [number, number] {
  const png = readFileSync(place(file));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe('backtest', () => {
  it('needs no config: the usual defaults, and the hint that their bounds make strategies the same', async () => {
    const args = [
      'backtest',
      '--strategies',
      'hjb',
      'constant',
      '--seed',
      '123',
      '--output-dir',
      'my',
      '--n-runs',
      '10',
      // The other defaults make a thousand steps of a run, whose exact density takes most of the time.
      '--dt',
      '0.01',
    ];
    const { code, stdout, stderr } = await runCli(args, folder);
    expect(code).toBe(0);
    expect(stderr).toContain('its quotes ARE constant at the bound');
    expect(stderr).toContain('add --unbounded-quotes to lift them');
    expect(stdout).toContain('pictures in my: ');
    expect(readdirSync(place('my'))).toEqual(
      expect.arrayContaining(['backtest_comparison.png', 'statistics_table.png', 'trajectories.csv', 'profiles.csv']),
    );
    const paths = rowsOf('my/paths.csv');
    expect(paths).toHaveLength(20);
    expect(paths[0]).toMatchObject({ strategy: 'hjb', seed_key: '123/0' });
    const pnl = (name: string) => paths.filter(({ strategy }) => strategy === name).map((row) => row['pnl']);
    expect(pnl('hjb')).toEqual(pnl('constant'));
    const manifest = z
      .object({ files: z.record(z.string(), z.string()), command: z.array(z.string()) })
      .parse(JSON.parse(read('my/manifest.json')));
    // What the page gives to make it again: all that the numbers hang on, and no folder.
    expect(manifest.command.join(' ')).toBe('backtest --strategies hjb constant --dt 0.01 --seed 123 --n-runs 10');
    expect(read('my/report.html')).toContain(`npx mm-batch ${manifest.command.join(' ')}\n`);
    expect(Object.keys(manifest.files)).toEqual(
      expect.arrayContaining(['paths.csv', 'trajectories.csv', 'profiles.csv']),
    );
  });

  it('lifts the bounds with --unbounded-quotes, and none lifts one of them', async () => {
    const args = ['backtest', '--n-runs', '20', '--no-plots', '--strategies', 'hjb', 'constant', '--json'];
    const both = await runCli([...args, '--unbounded-quotes', '--output-dir', 'both'], folder);
    expect(both.stderr).not.toContain('--unbounded-quotes');
    const one = await runCli([...args, '--delta_max', 'none', '--output-dir', 'one'], folder);
    expect(one.code).toBe(0);
    const bounds = z.object({ scenarios: z.tuple([z.object({ model: z.record(z.string(), z.unknown()) })]) });
    const model = (name: string) => bounds.parse(JSON.parse(read(`${name}/manifest.json`))).scenarios[0].model;
    expect(model('both')).toMatchObject({ delta_min: null, delta_max: null });
    expect(model('one')).toMatchObject({ delta_min: 0.001, delta_max: null });
    // The unbounded half spread is 1.82 where the default bound is 0.1: far fewer fills, other PnL.
    const [hjb] = rowsOf('both/summary.csv');
    expect(Number(hjb?.['fills_mean'])).toBeLessThan(1.5);
  });

  it.each(['stepped', 'event'])('records the very paths that the statistics are made of, scheme %s', async (scheme) => {
    const args = ['backtest', ...market, '--unbounded-quotes', '--scheme', scheme, '--n-runs', '30', '--record', '4'];
    const { code } = await runCli([...args, '--no-plots', '--output-dir', scheme, '--workers', '2'], folder);
    expect(code).toBe(0);
    const paths = rowsOf(`${scheme}/paths.csv`);
    const trajectories = rowsOf(`${scheme}/trajectories.csv`);
    for (const strategy of ['hjb', 'constant', 'inventory_aware']) {
      for (const number of ['0', '1', '2', '3']) {
        const isIt = (row: Record<string, string>) => row['strategy'] === strategy && row['path'] === number;
        const whole = trajectories.filter(isIt);
        const path = paths.find(isIt);
        const last = whole.at(-1);
        // To the last digit: the same shortest text.
        expect(last?.['pnl']).toBe(path?.['pnl']);
        expect(last?.['inventory']).toBe(path?.['final_q']);
        const fills = whole.reduce((sum, { fill }) => sum + (fill === '2' ? 2 : Math.abs(Number(fill))), 0);
        expect(String(fills)).toBe(path?.['fills']);
        const largest = Math.max(...whole.map(({ inventory }) => Math.abs(Number(inventory))));
        // Between the two fills of one step, which no entry shows, the inventory may be one unit further out.
        const unseen = Number(path?.['max_abs_q']) - largest;
        expect(scheme === 'stepped' ? [0, 1] : [0]).toContain(unseen);
        // Mark to market: PnL = cash + q S, from a start without either.
        for (const { pnl, cash, inventory, mid } of whole) {
          expect(Number(cash) + Number(inventory) * Number(mid)).toBeCloseTo(Number(pnl), 8);
        }
      }
    }
    // The profile's last band is over the terminal PnL of all runs.
    const hjb = paths.filter(({ strategy }) => strategy === 'hjb').map(({ pnl }) => Number(pnl));
    const end = rowsOf(`${scheme}/profiles.csv`)
      .filter(({ strategy }) => strategy === 'hjb')
      .at(-1);
    expect(end).toMatchObject({ time: '1', paths: '30' });
    expect(Number(end?.['pnl_mean'])).toBeCloseTo(hjb.reduce((sum, x) => sum + x, 0) / 30, 10);
    const [summary] = rowsOf(`${scheme}/summary.csv`);
    expect([end?.['pnl_p05'], end?.['pnl_p95']]).toEqual([summary?.['p05'], summary?.['p95']]);
  });

  it('draws the same bytes again, at any number of workers, and report draws them from the CSVs alone', async () => {
    const args = ['backtest', ...market, '--unbounded-quotes', '--n-runs', '40'];
    const endingIn = (name: string, ending: string) => readdirSync(place(name)).filter((file) => file.endsWith(ending));
    expect((await runCli([...args, '--output-dir', 'first', '--workers', '0'], folder)).code).toBe(0);
    const inSecond = ['--output-dir', 'second', '--workers', '2', '--plots', 'svg'];
    expect((await runCli([...args, ...inSecond], folder)).code).toBe(0);
    for (const name of ['trajectories.csv', 'profiles.csv', 'density.csv', 'inventory.csv']) {
      expect(read(`second/${name}`)).toBe(read(`first/${name}`));
    }
    // As SVG the texts can be read.
    const svg = read('second/backtest_comparison.svg');
    for (const text of ['price (price units)', 'inventory q (units)', 'PnL over time', '40 runs', '#0072B2', 'hjb']) {
      expect(svg).toContain(text);
    }
    const table = read('second/statistics_table.svg');
    expect(table).toContain('40 paths a strategy');
    expect(table).toContain('CVaR 95 %');
    const pictures = endingIn('first', '.png');
    expect(pictures).toEqual([
      'backtest_comparison.png',
      'convergence.png',
      'differences.png',
      'inventory_distribution.png',
      'pnl_distribution.png',
      'risk_return.png',
      'statistics_table.png',
    ]);
    const [width, height] = sizeOf('first/backtest_comparison.png');
    expect(width).toBeGreaterThan(2000);
    expect(height).toBeGreaterThan(1000);
    for (const file of readdirSync(place('second'))) {
      if (!/\.(csv|svg)$/.test(file)) rmSync(place(`second/${file}`), { recursive: true });
    }
    const { code, stdout } = await runCli(['report', 'second'], folder);
    expect([code, stdout]).toEqual([0, expect.stringContaining('backtest_comparison.png')]);
    expect(endingIn('second', '.svg')).toEqual([]);
    const bytes = (name: string) =>
      pictures.map((picture) => readFileSync(place(`${name}/${picture}`)).toString('base64'));
    expect(bytes('second')).toEqual(bytes('first'));
  }, 300_000);

  it('takes market and strategies from a file, and picks among its strategies', async () => {
    const strategies = ['hjb', { type: 'constant', name: 'wide', half_spread: 2 }];
    writeFileSync(place('file.json'), JSON.stringify({ paths: 15, simulator: { sigma: 3 }, strategies }));
    const args = ['backtest', '--config', 'file.json', '--no-plots', '--output-dir'];
    expect((await runCli([...args, 'all', '--sigma', '1'], folder)).code).toBe(0);
    expect(rowsOf('all/summary.csv').map(({ strategy, paths }) => [strategy, paths])).toEqual([
      ['hjb', '15'],
      ['wide', '15'],
    ]);
    expect(read('all/manifest.json')).toContain('"sigma": 1,');
    expect((await runCli([...args, 'picked', '--strategies', 'wide'], folder)).code).toBe(0);
    expect(rowsOf('picked/summary.csv').map(({ strategy }) => strategy)).toEqual(['wide']);
    expect(await runCli([...args, 'x', '--strategies', 'wode'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean "wide"?'),
    });
  });

  it.each([
    [
      // What is wrong with the experiment is told at once.
      ['--sigma', '-1', '--gamma', 'x', '--strategies', 'hjb', 'constnt'],
      [
        /^--sigma simulator\.sigma: expected a number >= 0, got -1/m,
        /^--gamma model\.gamma: expected a number/m,
        /^--strategies .*did you mean "constant"\?/m,
      ],
    ],
    [['--strategies'], /^--strategies: expected at least one name/],
    [['--n-runs', '1'], /^--n-runs: expected a whole number from 2/],
    [['--n-runs', '5', '--record', '6'], /^--record: expected at most --n-runs = 5, got 6/],
    [['--unbounded-quotes', '--delta_max', '1'], /^--unbounded-quotes: it lifts the bound that --delta_max sets/],
    [['--plots', 'gif'], /--plots: expected png or svg, got gif/],
    [['--sgima', '2'], /[Uu]nknown argument: sgima/],
    [['--set', 'variance_reduction=control'], /variance_reduction: expected none/],
  ])('refuses %j with exit code 2 and leaves nothing behind', async (flags, expected) => {
    const { code, stderr } = await runCli(['backtest', '--output-dir', 'refused', ...flags], folder);
    for (const message of [expected].flat()) expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(existsSync(place('refused'))).toBe(false);
  });

  it('knows at once where it cannot write', async () => {
    writeFileSync(place('taken'), '');
    const { code, stderr } = await runCli(['backtest', '--output-dir', 'taken/inside'], folder);
    expect([code, stderr]).toEqual([2, expect.stringContaining('is a file, not a folder')]);
  });
});

describe('report', () => {
  it('says what a folder lacks', async () => {
    writeFileSync(place('plain.json'), JSON.stringify({ paths: 30, strategies: ['hjb', 'constant'] }));
    const { code, stderr } = await runCli(['run', 'plain.json', '--plots', 'svg', '--output-dir', 'plain'], folder);
    expect(code).toBe(0);
    expect(stderr).toContain('the folder has no paths.csv (run with --export-paths csv to have them)');
    expect(readdirSync(place('plain')).filter((name) => name.endsWith('.svg'))).toEqual([
      'differences.svg',
      'inventory_distribution.svg',
      'risk_return.svg',
      'statistics_table.svg',
    ]);
    // A later run without pictures leaves none that are not its own.
    expect((await runCli(['run', 'plain.json', '--output-dir', 'plain'], folder)).code).toBe(0);
    expect(existsSync(place('plain/risk_return.svg'))).toBe(false);
    expect(await runCli(['report', 'nowhere'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^nowhere: no summary\.csv in it/),
    });
    writeFileSync(place('plain/comparisons.csv'), 'scenario,strategy\n0,hjb\n');
    expect(await runCli(['report', 'plain'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('it has no column baseline, mean_difference'),
    });
  });

  it('draws sweeps as lines, and over a grid of two keys as maps', async () => {
    const simulator = { sigma: 2, A: 140, k: 1.5, scheme: 'event' };
    const model = { delta_min: null, delta_max: null };
    const sweep = { 'model.gamma': [0.01, 1], 'simulator.sigma': { from: 1, to: 3, steps: 3 } };
    const experiment = { paths: 50, simulator, model, strategies: ['hjb', 'constant'], sweep };
    writeFileSync(place('sweep.json'), JSON.stringify(experiment));
    const args = ['sweep', 'sweep.json', '--plots', 'svg', '--output-dir', 'sweep', '--quiet'];
    expect((await runCli(args, folder)).code).toBe(0);
    const lines = read('sweep/sweep_mean.svg');
    for (const text of ['model.gamma = 0.01', 'simulator.sigma', 'bars: 95 % intervals; 50 paths']) {
      expect(lines).toContain(text);
    }
    const maps = read('sweep/sweep_heatmap.svg');
    for (const row of rowsOf('sweep/summary.csv')) {
      // Each estimate stands in its cell, to the digits of its standard error.
      expect(maps).toContain(Number(row['mean']).toFixed(Number(row['mean_se']) < 1 ? 2 : 1));
    }
    expect(maps).toContain('constant − hjb');
  });
});

describe('solve', () => {
  it('writes the quote grid into a folder and draws it', async () => {
    writeFileSync(
      place('model.json'),
      JSON.stringify({ model: { delta_min: null, delta_max: null }, strategies: ['hjb'] }),
    );
    const args = ['solve', 'model.json', '--output-dir', 'quotes', '--plots', 'svg'];
    const { code, stdout } = await runCli(args, folder);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^quotes\.csv and quotes_bid\.svg/)]);
    expect(read('quotes/quotes.csv').split('\n')[0]).toBe('t,q,theta,delta_bid,delta_ask');
    expect(read('quotes/quotes_bid.svg')).toContain('bid distance δb (price units)');
    expect(existsSync(place('quotes/quotes_spread.svg'))).toBe(true);
    expect(await runCli(['solve', 'model.json', '--plots'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('expected --output-dir beside it'),
    });
  });
});
