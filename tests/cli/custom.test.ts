import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();

function experiment(strategies: string, more = ''): string {
  return `paths: 60\nsimulator: {A: 20, dt: 0.01${more}}\nstrategies:\n  - constant\n${strategies}`;
}

function write(name: string, text: string): void {
  writeFileSync(path.join(folder, name), text);
}

describe('custom policies', () => {
  it('run from TypeScript, the same at any number of workers, in both schemes', async () => {
    write(
      'skewed.ts',
      `interface Params { readonly half?: number }
       export const policy = (_t: number, q: number, S: number, { half = 1 }: Params): [number, number] =>
         [S - half - 0.1 * q, S + half - 0.1 * q];
       export const wander = { create({ random }: { random: { normal(): number } }) {
         const shift = 0.1 * random.normal();
         return (_t: number, _q: number, S: number) => [S - 0.5 + shift, S + 0.5 + shift];
       } };`,
    );
    const strategies =
      '  - {type: custom, module: skewed.ts, params: {half: 0.2}, name: skewed}\n' +
      '  - {type: custom, module: ./skewed.ts, export: wander, name: wander}\n  - random\n';
    for (const scheme of ['stepped', 'event']) {
      write(`${scheme}.yaml`, experiment(strategies, `, scheme: ${scheme}`));
      const files: string[] = [];
      for (const workers of ['0', '2']) {
        const out = `${scheme}-${workers}`;
        const args = ['run', `${scheme}.yaml`, '--workers', workers, '--output-dir', out, '--export-paths', '--quiet'];
        const { code, stderr } = await runCli(args, folder);
        expect(stderr).toBe('');
        expect(code).toBe(0);
        files.push(readFileSync(path.join(folder, out, 'paths.csv'), 'utf8'));
      }
      expect(files[1]).toBe(files[0]);
      expect(files[0]?.split('\n')).toHaveLength(1 + 4 * 60 + 1);
    }
  }, 300_000);

  it('that throw or quote nonsense fail their cell alone, with the seed key of the path', async () => {
    write(
      'bad.js',
      `export const policy = (t, q, S) => (t > 0.5 && q > 0 ? [NaN, S + 1] : [S - 0.1, S + 0.1]);
       export const crossed = (t, q, S) => [S + 1, S - 1];`,
    );
    write(
      'bad.yaml',
      experiment(
        '  - {type: custom, module: bad.js, name: absent}\n  - {type: custom, module: bad.js, export: crossed, name: crossed}\n',
      ),
    );
    const { code, stderr } = await runCli(['run', 'bad.yaml', '--output-dir', 'bad', '--no-progress'], folder);
    expect(code).toBe(3);
    expect(stderr).toMatch(/absent.*path 42\/\d+: the policy returned \[NaN, .*expected two finite prices/);
    expect(stderr).toMatch(/2 of 3 cells failed/);
    const [, constant, absent] = readFileSync(path.join(folder, 'bad/summary.csv'), 'utf8').split('\n');
    expect(constant).toMatch(/^0,constant,60,/);
    expect(absent).toMatch(/^0,absent,/);
  }, 300_000);

  it('that are not there are told before anything runs', async () => {
    write('none.yaml', experiment('  - {type: custom, module: none.ts}\n'));
    const missing = await runCli(['run', 'none.yaml', '--output-dir', 'none'], folder);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toMatch(/none\.yaml:5:\d+ strategies\.1\.module: expected a file that can be read.*ENOENT/);
    write('unnamed.yaml', experiment('  - {type: custom, module: skewed.ts, export: best, name: x}\n'));
    const unnamed = await runCli(['validate', 'unnamed.yaml'], folder);
    expect(unnamed.code).toBe(2);
    expect(unnamed.stderr).toMatch(/expected an export "best".*it exports policy, wander/);
    write('broken.ts', 'export const policy = (t => ;');
    write('broken.yaml', experiment('  - {type: custom, module: broken.ts, name: x}\n'));
    const broken = await runCli(['plan', 'broken.yaml'], folder);
    expect(broken.code).toBe(2);
    expect(broken.stderr).toMatch(/broken\.ts: cannot be loaded/);
  }, 300_000);

  it('from a module that the engine loads by itself may import TypeScript, and have their mistakes named', async () => {
    write('half.ts', 'export const half: number = 1;');
    write('typed.mjs', "import { half } from './half.ts';\nexport const policy = (t, q, S) => [S - half, S + half];\n");
    write('typed.yaml', experiment('  - {type: custom, module: typed.mjs, name: x}\n'));
    expect(await runCli(['validate', 'typed.yaml'], folder)).toMatchObject({ code: 0, stderr: '' });
    write(
      'plain.mjs',
      "import { half } from './half';\nconst { tick } = require('./given.cjs');\nexport const policy = (t, q, S) => [S - half, S + half + tick];\n",
    );
    write('given.cjs', 'exports.tick = 0;');
    write('plain.yaml', experiment('  - {type: custom, module: plain.mjs, name: x}\n'));
    expect(await runCli(['validate', 'plain.yaml'], folder)).toMatchObject({ code: 0, stderr: '' });
    write('wrong.mjs', 'export const policy =\n  (t => ;\n');
    write('wrong.yaml', experiment('  - {type: custom, module: wrong.mjs, name: x}\n'));
    const wrong = await runCli(['validate', 'wrong.yaml'], folder);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringMatching(/wrong\.mjs: cannot be loaded: .*2:/s) });
  }, 300_000);

  it('start from a template', async () => {
    expect((await runCli(['init', 'mine.ts', '--policy'], folder)).code).toBe(0);
    write(
      'mine.yaml',
      experiment('  - {type: custom, module: ./mine.ts, params: {half_spread: 0.7, skew: 0.05}, name: mine}\n'),
    );
    expect((await runCli(['run', 'mine.yaml', '--output-dir', 'mine', '--quiet'], folder)).code).toBe(0);
    expect((await runCli(['init', 'mine.ts', '--policy'], folder)).code).toBe(2);
  }, 300_000);
});
