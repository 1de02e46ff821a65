import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();

const market = `simulator: {sigma: 2, A: 140, k: 1.5, T: 1, dt: 0.005, Q_max: 10}
model: {gamma: 0.1, phi: 0, delta_min: null, delta_max: null}
`;

beforeAll(() => {
  const files = {
    'small.yaml': `paths: 4000\n${market}strategies: [hjb, {type: constant, half_spread: 0.745}]\n`,
    'mixed.yaml': `paths: 1000\n${market}strategies: [{type: constant, half_spread: 0.745}, random]\n`,
    'chance.yaml': `paths: 1000\n${market}strategies: [random]\n`,
    'swept.yaml': `paths: 1000\n${market}strategies: [constant]\nsweep: {simulator.q0: [0, 3]}\n`,
    'bad.yaml': 'strategies: [hbj]\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
});

describe('exact', () => {
  it('prints the law of each strategy, the exact figures of the stepped scheme, and writes nothing', async () => {
    const { code, stdout, stderr } = await runCli(['exact', 'small.yaml'], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    // tests/vectors/avellaneda-stoikov-2008.json, stepped with poisson fills.
    expect(stdout).toMatch(/hjb +59\.620356 +7\.2484042 +47\.885656 +59\.529811 +71\.666373 +-44\.835627/);
    expect(stdout).toMatch(/constant +59\.834492 +11\.379926 +40\.825892/);
    expect(existsSync(path.join(folder, 'runs'))).toBe(false);
  });

  it('writes exact.csv into --output-dir, and a document with --json', async () => {
    const { code, stdout } = await runCli(['exact', 'swept.yaml', '--json', '--output-dir', 'out'], folder);
    expect(code).toBe(0);
    const { cells } = JSON.parse(stdout);
    expect(cells).toHaveLength(2);
    const rows: Record<string, string>[] = parse(readFileSync(path.join(folder, 'out/exact.csv')), { columns: true });
    expect(rows.map((row) => row['simulator.q0'])).toEqual(['0', '3']);
    for (const [i, row] of rows.entries()) {
      expect(Number(row['mean'])).toBe(cells[i].law.mean);
      expect(Number(row['cvar95'])).toBe(cells[i].law.cvar95);
    }
  });

  it('names the strategies that have no exact law, and refuses where none has one', async () => {
    const mixed = await runCli(['exact', 'mixed.yaml', '--json'], folder);
    expect(mixed.code).toBe(0);
    expect(mixed.stderr).toMatch(
      /scenario 0 random: no exact law: quotes of random hang on more than time and inventory/,
    );
    expect(JSON.parse(mixed.stdout).cells[1]).toMatchObject({ strategy: 'random', state: 'none' });
    const refused = await runCli(['exact', 'chance.yaml', '--output-dir', 'none'], folder);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/no strategy has an exact law/);
    expect(existsSync(path.join(folder, 'none'))).toBe(false);
  });
});

describe('verify', () => {
  it('holds the simulation against the exact law', async () => {
    const { code, stdout, stderr } = await runCli(['verify', 'small.yaml', '--workers', '0', '--no-progress'], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/hjb +mean +5\d\.\d+ +59\.620356 +0\.11 +-?\d\.\d\d/);
    expect(stdout).toMatch(/20 figures of 2 cells compared, the largest \|z\| is [0-3]\.\d\d; 0 beyond 4/);
  });

  it('ends with 4 where a figure is further off than allowed', async () => {
    const args = ['verify', 'small.yaml', '--max-z', '0.001', '--workers', '0', '--no-progress', '--json'];
    const { code, stdout, stderr } = await runCli(args, folder);
    expect(code).toBe(4);
    expect(stderr).toMatch(/simulation and exact law disagree: 20 figures of 2 cells compared/);
    const { cells } = JSON.parse(stdout);
    expect(cells[0].figures.map((figure: { figure: string }) => figure.figure)).toContain('cvar95');
  });

  it('writes the report of the run into --output-dir, and names what has no exact law', async () => {
    const args = ['verify', 'mixed.yaml', '--output-dir', 'verified', '--workers', '0', '--no-progress'];
    const { code, stderr } = await runCli(args, folder);
    expect(code).toBe(0);
    expect(stderr).toMatch(/random: no exact law/);
    expect(existsSync(path.join(folder, 'verified/summary.csv'))).toBe(true);
  });
});

describe('bad input', () => {
  it.each([
    ['exact, a misspelt strategy', ['exact', 'bad.yaml'], /strategies.*hjb/],
    ['exact, a missing file', ['exact', 'missing.yaml'], /missing\.yaml/],
    ['exact, no config', ['exact'], /--help/],
    ['exact, paths', ['exact', 'small.yaml', '--paths', '10'], /paths/],
    ['verify, a misspelt strategy', ['verify', 'bad.yaml'], /strategies.*hjb/],
    [
      'verify, no number',
      ['verify', 'small.yaml', '--max-z', 'four'],
      /--max-z: expected one positive number, got four/,
    ],
    ['verify, a negative number', ['verify', 'small.yaml', '--max-z', '-1'], /--max-z/],
    [
      'verify, nothing to hold against',
      ['verify', 'chance.yaml', '--workers', '0', '--no-progress'],
      /no strategy has an/,
    ],
  ])('%s', async (_what, args, message) => {
    const { code, stdout, stderr } = await runCli(args, folder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
