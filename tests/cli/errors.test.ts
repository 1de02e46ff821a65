import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { finished, runCli, startCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
const good = 'strategies: [constant]\npaths: 100\n';
writeFileSync(path.join(folder, 'good.yaml'), good);
writeFileSync(path.join(folder, 'long.yaml'), `${good}simulator: {dt: 0.00001}\n`);
writeFileSync(path.join(folder, 'bad.yaml'), 'strategies: [hbj]\nmodel:\n  gamma: -1\nsimulator:\n  sigm: 2\n');
// 30 strategies x 1e9 paths take a terabyte.
const many = Array.from({ length: 30 }, (_, i) => `{type: constant, name: c${i}}`);
writeFileSync(path.join(folder, 'many.yaml'), `strategies: [${many.join(', ')}]\n`);
writeFileSync(path.join(folder, 'empty.yaml'), '');
writeFileSync(path.join(folder, 'binary.yaml'), Buffer.from([0xff, 0xfe, 0, 1, 2, 0x80]));
writeFileSync(path.join(folder, 'file'), '');
mkdirSync(path.join(folder, 'folder.yaml'));

const before = readdirSync(folder).sort();

/** One error, the exit code, no stack trace, and nothing left behind. */
async function refused(args: readonly string[], code: number): Promise<string> {
  const result = await runCli(args, folder);
  expect(result.stdout).toBe('');
  expect(result.stderr).not.toMatch(/^\s+at /m);
  expect(result.code).toBe(code);
  expect(readdirSync(folder).sort()).toEqual(before);
  return result.stderr;
}

describe('bad input ends with exit code 2 and nothing written', () => {
  it('reports every problem of a config with its place', async () => {
    const lines = (await refused(['run', 'bad.yaml'], 2)).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^bad\.yaml:1:14 strategies.*hjb/);
    expect(lines[1]).toMatch(/^bad\.yaml:3:10 model\.gamma: expected .*, got -1/);
    expect(lines[2]).toMatch(/^bad\.yaml:5:3 simulator\.sigm: .*sigma/);
  });

  it.each([
    ['a missing file', ['run', 'missing.yaml'], /missing\.yaml/],
    ['a folder', ['run', 'folder.yaml'], /folder\.yaml/],
    ['an empty file', ['run', 'empty.yaml'], /empty\.yaml.*empty/],
    ['a binary file', ['run', 'binary.yaml'], /binary\.yaml/],
    ['no command', [], /--help/],
    ['no config', ['run'], /--help/],
    ['a misspelt command', ['rum', 'good.yaml'], /run/],
    ['an unknown option', ['run', 'good.yaml', '--worker', '2'], /worker/],
    ['a bad number of workers', ['run', 'good.yaml', '--workers', 'two'], /--workers: expected a whole number/],
    ['two seeds', ['run', 'good.yaml', '--seed', '1', '--seed', '2'], /--seed: expected one value/],
    ['--no-seed', ['run', 'good.yaml', '--no-seed'], /seed/],
    ['an unknown override', ['run', 'good.yaml', '--set', 'model.gama=1'], /--set model\.gama.*gamma/],
    ['an override without a value', ['run', 'good.yaml', '--set', 'model.gamma'], /--set/],
    [
      'more paths than fit in memory',
      ['run', 'many.yaml', '--paths', '1e9', '--set', 'statistics=exact'],
      /paths: expected a number whose results fit in memory.*statistics: sketch/,
    ],
    ['an unknown export format', ['run', 'good.yaml', '--export-paths', 'xml'], /csv or parquet/],
    ['an output folder below a file', ['run', 'good.yaml', '--output-dir', 'file/out'], /file\/out.*cannot write/],
  ])('%s', async (_what, args, message) => {
    expect(await refused(args, 2)).toMatch(message);
  });

  // Nobody can make a folder there, root neither.
  it.skipIf(process.platform !== 'linux')('a read-only output folder', async () => {
    expect(await refused(['run', 'good.yaml', '--output-dir', '/sys/mm-batch-test'], 2)).toMatch(
      /^\/sys\/mm-batch-test: cannot write it: .*(EROFS|EPERM|EACCES)\)\n$/,
    );
  });

  it.skipIf(process.getuid?.() === 0)('an output folder without permission', async () => {
    const closed = path.join(folder, 'file');
    chmodSync(closed, 0o500);
    expect(await refused(['run', 'good.yaml', '--output-dir', 'closed/out'], 2)).toMatch(/permission/);
  });
});

describe('signals', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends a run with exit code %i and no run folder', async (signal, code) => {
    const args = ['run', 'long.yaml', '--paths', '1000000', '--journal', 'off', '--verbose', '--export-paths', 'csv'];
    const child = startCli(args, folder);
    // The run has begun once its first line is out.
    child.stderr.once('data', () => setTimeout(() => child.kill(signal), 300));
    const result = await finished(child);
    expect(result.code).toBe(code);
    expect(result.stderr).toContain(`stopped by ${signal}`);
    expect(result.stdout).toBe('');
    expect(readdirSync(folder).sort()).toEqual(before);
  });
});
