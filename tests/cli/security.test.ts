/** A config is data, and what it names cannot do harm in a report. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
const at = (...names: string[]): string => path.join(folder, ...names);
const common = 'paths: 60\nsimulator: {dt: 0.1}\nmodel: {dt: 0.1}\n';

it('swept texts that a spreadsheet would run as a formula are made harmless in every CSV', async () => {
  const texts = ['=1+1', '+1', '-1', '@SUM(A1)'];
  const goals = { thresholds: ['mean >= -1000'], choose: { maximise: 'mean' } };
  const simulator = { dt: 0.1 };
  const sweep = { seed: texts };
  const strategies = ['constant', 'symmetric'];
  writeFileSync(at('texts.json'), JSON.stringify({ paths: 60, simulator, strategies, sweep, ...goals }));
  const { code } = await runCli(['run', 'texts.json', '--output-dir', 'texts', '--export-paths', '--no-html'], folder);
  expect(code).toBe(0);
  const files = readdirSync(at('texts')).filter((name) => name.endsWith('.csv'));
  expect(files.sort()).toEqual([
    'best.csv',
    'choice.csv',
    'comparisons.csv',
    'paths.csv',
    'summary.csv',
    'thresholds.csv',
  ]);
  for (const file of files) {
    const cells = parse(readFileSync(at('texts', file), 'utf8')).flat() as string[];
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell) && Number.isNaN(Number(cell)))).toEqual([]);
    if (file !== 'comparisons.csv') expect(cells.some((cell) => cell.startsWith("'=1+1"))).toBe(true);
  }
});

it('names that a spreadsheet would run as a formula are refused', async () => {
  const names = ['=1+1', '+1', '-1', '@SUM(A1)'];
  const strategies = names.map((name) => ({ type: 'constant', name }));
  writeFileSync(at('names.json'), JSON.stringify({ paths: 60, simulator: { dt: 0.1 }, strategies }));
  const { code, stderr } = await runCli(['run', 'names.json', '--output-dir', 'names'], folder);
  expect(code).toBe(2);
  expect(stderr.split('\n').filter((line) => line.includes('it may not start with = + - @'))).toHaveLength(4);
});

it('tags and aliases of YAML run nothing and do not grow', async () => {
  const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghijklm'
    .split('')
    .map((letter, i) => `${letter}: &${letter} [${Array(9).fill(`*${'abcdefghijklm'[i]}`).join(', ')}]`)
    .join('\n')}\n`;
  writeFileSync(at('bomb.yaml'), `${common}strategies: [constant]\n${bomb}`);
  expect((await runCli(['validate', 'bomb.yaml'], folder)).code).toBe(2);
  writeFileSync(at('tag.yaml'), `${common}strategies: [!!js/function 'function () { process.exit(9) }']\n`);
  expect((await runCli(['validate', 'tag.yaml'], folder)).code).toBe(2);
});

it('only a custom strategy loads code, from the path that the file names, relative to the file', async () => {
  mkdirSync(at('sub'));
  const module =
    "import { writeFileSync } from 'node:fs';\nwriteFileSync('loaded', '');\nexport const policy = (t, q, S) => [S - 1, S + 1];\n";
  writeFileSync(at('sub', 'policy.js'), module);
  writeFileSync(at('sub', 'none.yaml'), `${common}strategies: [{type: constant, module: ./policy.js}]\n`);
  writeFileSync(at('sub', 'custom.yaml'), `${common}strategies: [{type: custom, module: ./policy.js}]\n`);
  expect(await runCli(['run', 'sub/none.yaml'], folder)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/module/),
  });
  expect(existsSync(at('loaded'))).toBe(false);
  expect((await runCli(['run', 'sub/custom.yaml', '--output-dir', 'sub/out', '--export-paths'], folder)).code).toBe(0);
  expect(existsSync(at('loaded'))).toBe(true);
});

it('no path of the machine, nor its name, goes into CSVs', () => {
  for (const file of ['summary.csv', 'paths.csv']) {
    const text = readFileSync(at('sub', 'out', file), 'utf8');
    for (const fact of [folder, os.hostname(), os.homedir()]) expect(text.includes(fact)).toBe(false);
  }
});
