/** Workers that crash, hang or run out of memory; they cost their cell at most. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { finished, runCli, startCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
// Files of tests share their process.
afterEach(() => vi.unstubAllEnvs());
const at = (...names: string[]): string => path.join(folder, ...names);

writeFileSync(
  at('policies.js'),
  `import { existsSync, writeFileSync } from 'node:fs';
const quotes = (S) => [S - 0.7, S + 0.7];
export const good = (t, q, S) => quotes(S);
const never = new Int32Array(new SharedArrayBuffer(4));
/** For ever, and without taking the processor from others. */
export const loops = () => { for (;;) Atomics.wait(never, 0, 0, 10); };
export const spins = () => {
  writeFileSync('spinning', '');
  for (;;);
};
export const exits = () => process.exit(7);
export const hoards = () => { const all = []; for (;;) all.push(new Array(1e5).fill(1.5)); };
export const throws = () => { throw new Error('no idea'); };
/** Ends its worker at the first call of all. */
export const once = (t, q, S) => {
  if (existsSync('crashed')) return quotes(S);
  writeFileSync('crashed', '');
  process.exit(7);
};
`,
);

function config(name: string, exported: readonly string[]): string {
  const custom = exported.map((one) => `  - {type: custom, module: ./policies.js, export: ${one}, name: ${one}}\n`);
  writeFileSync(
    at(name),
    `paths: 3000\nsimulator: {sigma: 2, A: 3, k: 1.5, dt: 0.05}\nmodel: {delta_min: null, delta_max: null}\n` +
      `strategies:\n  - constant\n${custom.join('')}`,
  );
  return name;
}

const rowsOf = (output: string): Record<string, string>[] =>
  parse(readFileSync(at(output, 'summary.csv'), 'utf8'), { columns: true });

describe('a cell whose worker is lost each time fails alone', () => {
  it.each([
    ['loops', ['--time-limit', '4'], /took longer than 4 s, 2 times \(--time-limit; does a policy loop for ever/],
    ['exits', [], /their worker was lost 3 times: worker exited with code: 7/],
    ['hoards', [], /their worker was lost 3 times: .*memory/],
    ['throws', [], /no idea/],
  ])(
    '%s',
    async (name, args, reason) => {
      const file = config(`${name}.yaml`, [name, 'good']);
      vi.stubEnv('NODE_OPTIONS', name === 'hoards' ? '--max-old-space-size=120' : '');
      const run = ['run', file, '--output-dir', name, '--workers', '2', '--no-progress', ...args];
      const { code, stderr } = await runCli(run, folder);
      expect(code).toBe(3);
      expect(stderr).toMatch(/1 of 3 cells failed/);
      expect(stderr).toMatch(reason);
      const rows = rowsOf(name);
      expect(rows.map((row) => [row['strategy'], row['paths']])).toEqual([
        ['constant', '3000'],
        [name, '0'],
        ['good', '3000'],
      ]);
    },
    300_000,
  );
});

describe('a worker that crashes once', () => {
  it('is replaced, and its block computed anew: the results are those without a crash', async () => {
    const file = config('once.yaml', ['once']);
    for (const output of ['crashing', 'calm']) {
      expect((await runCli(['run', file, '--output-dir', output, '--workers', '2', '--quiet'], folder)).code).toBe(0);
      expect(existsSync(at('crashed'))).toBe(true);
    }
    expect(readFileSync(at('crashing', 'summary.csv'), 'utf8')).toBe(readFileSync(at('calm', 'summary.csv'), 'utf8'));
  }, 300_000);
});

describe('Ctrl-C', () => {
  it('ends a run though every worker hangs', async () => {
    const child = startCli(['run', config('stuck.yaml', ['spins']), '--output-dir', 'stuck', '--workers', '1'], folder);
    const end = finished(child);
    while (child.exitCode === null && !existsSync(at('spinning'))) await setTimeout(20);
    child.kill('SIGINT');
    // Its time limit is longer than this test's.
    expect((await end).code).toBe(130);
  }, 110_000);
});
