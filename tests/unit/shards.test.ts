/** Shards, merged: the bytes of a run in one piece; and what is refused. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPlan } from '../../src/commands/load-plan.ts';
import { shardOf } from '../../src/commands/shard-option.ts';
import { mergeShards, openShards } from '../../src/merge-shards.ts';
import type { RunPlan } from '../../src/plan/plan.ts';
import { runExperiment } from '../../src/run-experiment.ts';
import { pathsOfRanges, runShard } from '../../src/run-shard.ts';
import { shardRanges } from '../../src/simulate/shard-ranges.ts';
import { FileError } from '../../src/util/errors.ts';
import { temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
const at = (...names: string[]): string => path.join(folder, ...names);
const ALONE = { workers: 0 };

/** Fails on about one path in 80, with a message of that path's own. */
writeFileSync(
  at('fragile.js'),
  `export const policy = { create({ random }) {
     const u = random.normal();
     return (t, q, S) => { if (u > 2.25) throw new Error('fell at ' + u); return [S - 0.7, S + 0.7]; };
   } };`,
);

async function planOf(name: string, text: string, set: readonly string[] = []): Promise<RunPlan> {
  writeFileSync(at(`${name}.yaml`), text);
  return loadPlan({ config: at(`${name}.yaml`), set, paths: undefined, seed: undefined });
}

/** Simulates all shards of a plan, the last one first, into folders `<name>/<index>`. */
async function sharded(name: string, plan: RunPlan, count: number, exportPaths?: 'csv'): Promise<string[]> {
  const folders = Array.from({ length: count }, (_, i) => at(name, String(i + 1)));
  for (const [i, outputDir] of [...folders.entries()].reverse()) {
    await runShard(plan, { index: i + 1, count }, { ...ALONE, outputDir, exportPaths });
  }
  return folders;
}

async function merged(folders: readonly string[], output: string, exportPaths?: 'csv') {
  const shards = await openShards(folders);
  try {
    return await mergeShards(shards, { ...ALONE, outputDir: at(output), exportPaths });
  } finally {
    await shards.close();
  }
}

function expectSameFiles(output: string, reference: string): void {
  const csvs = readdirSync(at(reference)).filter((name) => name.endsWith('.csv'));
  expect(readdirSync(at(output)).filter((name) => name.endsWith('.csv'))).toEqual(csvs);
  for (const name of csvs) {
    // Not toEqual: a difference of megabytes would be printed.
    const [found, expected] = [output, reference].map((run) => readFileSync(at(run, name), 'utf8'));
    expect(found === expected, `${output}/${name}`).toBe(true);
  }
}

const MARKET = 'simulator: {sigma: 2, A: 140, k: 1.5, scheme: event}\nmodel: {delta_min: null, delta_max: null}\n';
const ASSET = 'simulator: {sigma: 2, A: 10, k: 1.5}';
const FRAGILE = '{type: custom, module: fragile.js, name: fragile}';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly exportPaths?: 'csv';
  /** Paths that a shard's file holds one by one. */
  readonly kept: boolean;
}

const cases: readonly Case[] = [
  {
    name: 'a sweep, exact, with paths.csv and a cell that fails',
    text: `paths: 600\n${MARKET.replace('140', '40')}strategies: [hjb, constant, ${FRAGILE}]\nsweep: {model.gamma: [0.1, 0.5]}\n`,
    exportPaths: 'csv',
    kept: true,
  },
  {
    name: 'a sketch of antithetic pairs',
    text:
      `paths: 263000\nstatistics: sketch\nvariance_reduction: antithetic\n${MARKET.replace('140', '0.3')}` +
      'strategies: [constant, {type: constant, name: wide, half_spread: 1}]\n',
    kept: false,
  },
  {
    name: 'a portfolio',
    text: `paths: 300\nsimulator: {dt: 0.01}\nstrategies: [constant, hjb]\nassets:\n  - {name: x, ${ASSET}}\n  - {name: y, ${ASSET}}\ncorrelation: 0.5\n`,
    exportPaths: 'csv',
    kept: true,
  },
  {
    name: 'a sketched portfolio with a cell that fails',
    text:
      `paths: 200\nstatistics: sketch\nsimulator: {dt: 0.01}\nstrategies: [constant, hjb, ${FRAGILE}]\nassets:\n  - {name: x, ${ASSET}}\n` +
      `  - {name: y, ${ASSET}}\nsweep: {model.gamma: [0.1, 0.2]}\n`,
    kept: false,
  },
  {
    name: 'paths that a precision adds',
    text: `paths: 400\n${MARKET}precision: {metric: mean, se: 0.1, max_paths: 4000}\nstrategies: [hjb, constant]\nsweep: {model.gamma: [0.1, 0.5]}\n`,
    exportPaths: 'csv',
    kept: true,
  },
];

describe('7 shards, merged in any order', () => {
  it.each(cases)('$name', async ({ name, text, exportPaths, kept }) => {
    const plan = await planOf(name, text);
    const whole = await runExperiment(plan, { ...ALONE, outputDir: at(name, 'whole'), exportPaths });
    const folders = await sharded(name, plan, 7, exportPaths);
    const result = await merged([...folders.slice(4), ...folders.slice(0, 4)], `${name}/merged`, exportPaths);
    expectSameFiles(`${name}/merged`, `${name}/whole`);
    expect(result.warnings).toEqual(whole.warnings);
    const states = ({ scenarios }: typeof whole) => scenarios.flatMap(({ strategies }) => strategies);
    expect(states(result).map((row) => row.state === 'failed' && row.message)).toEqual(
      states(whole).map((row) => row.state === 'failed' && row.message),
    );
    const failed = states(result).filter(({ state }) => state === 'failed');
    expect(failed.length > 0).toBe(text.includes('fragile'));
    const manifest = JSON.parse(readFileSync(at(name, 'merged', 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ shards: 7, hash: plan.hash });
    const bytes = folders.reduce((sum, one) => sum + readFileSync(path.join(one, 'shard.bin')).byteLength, 0);
    const paths = plan.cells.reduce((sum, { scenario }) => sum + scenario.paths, 0);
    if (kept && failed.length === 0) expect(bytes / paths).toBeGreaterThan(28);
    else if (paths > 1e5) expect(bytes / paths).toBeLessThan(1);
  });

  it('folded paths cannot be exported, unless the shards kept them', async () => {
    const text = `paths: 300\nstatistics: sketch\n${MARKET}strategies: [constant]\n`;
    const plan = await planOf('folded', text);
    const folders = await sharded('folded', plan, 2);
    await expect(merged(folders, 'folded/merged', 'csv')).rejects.toThrow('run the shards with --export-paths');
    expect(existsSync(at('folded', 'merged'))).toBe(false);
    await runExperiment(plan, { ...ALONE, outputDir: at('folded', 'whole'), exportPaths: 'csv' });
    await merged(await sharded('kept', plan, 2, 'csv'), 'folded/merged', 'csv');
    expectSameFiles('folded/merged', 'folded/whole');
  });
});

describe('a shard that is stopped', () => {
  it('goes on where it was, also within a sketched scenario', async () => {
    const text = `paths: 300000\nstatistics: sketch\n${MARKET.replace('140', '0.1')}strategies: [constant]\n`;
    const plan = await planOf('stopped', text);
    const whole = await sharded('unstopped', plan, 1);
    const notes: string[] = [];
    const outputDir = at('stopped', '1');
    const shard = { index: 1, count: 1 };
    const stop = new AbortController();
    const options = { ...ALONE, outputDir, onNote: (line: string) => notes.push(line) };
    // It has three chunks; the first is folded before the third begins.
    const onBlock = (_cell: unknown, _columns: unknown, { firstPath }: { readonly firstPath: number }) => {
      if (firstPath > 270_000) stop.abort(new Error('stopped'));
    };
    await expect(runShard(plan, shard, { ...options, signal: stop.signal, onBlock })).rejects.toThrow('stopped');
    expect(notes).toEqual([expect.stringMatching(/what is simulated is kept; go on with: mm-batch resume .*stopped/)]);
    await expect(openShards([outputDir])).rejects.toThrow(/not finished: 168,928 paths are missing/);
    const result = await runShard(plan, shard, options);
    expect(result).toMatchObject({ paths: 300_000, simulated: 168_928 });
    expect(notes.at(-1)).toMatch(/^131,072 of 300,000 paths are taken over/);
    await merged([outputDir], 'stopped/merged');
    await merged(whole, 'unstopped/merged');
    expectSameFiles('stopped/merged', 'unstopped/merged');
  });
});

describe('the split', () => {
  it('covers every path once and shares the work, whatever the number of shards', async () => {
    const plan = await planOf(
      'split',
      `paths: 3000\n${MARKET}strategies: [hjb, constant]\nsweep: {simulator.A: [5, 20, 80], model.gamma: [0.1, 1]}\n`,
    );
    for (const count of [1, 2, 7, 60, 5000]) {
      const ranges = Array.from({ length: count }, (_, i) => shardRanges(plan, { index: i + 1, count }));
      const next = plan.scenarios.map(() => 0);
      for (const { scenario, firstPath, paths } of ranges.flat()) {
        expect(firstPath).toBe(next[scenario.index]);
        next[scenario.index] = firstPath + paths;
      }
      expect(next).toEqual(plan.scenarios.map(() => 3000));
    }
    // Orders of magnitude apart in A, and yet each of two shards has half of the work.
    const [first, second] = [1, 2].map((index) => pathsOfRanges(shardRanges(plan, { index, count: 2 })));
    expect(first! / second!).toBeGreaterThan(1.5);
  });
});

describe('what cannot be merged', () => {
  const text = `paths: 4000\n${MARKET}strategies: [hjb, constant]\n`;

  it('names shards that are missing, twice, unreadable, or of something else', async () => {
    const plan = await planOf('parts', text);
    const folders = (await sharded('parts', plan, 3)) as [string, string, string];
    const [one, two, three] = folders;
    const other = await planOf('other', text, ['seed=7']);
    await runShard(other, { index: 2, count: 3 }, { ...ALONE, outputDir: at('other') });
    await runShard(plan, { index: 2, count: 4 }, { ...ALONE, outputDir: at('quarter') });
    mkdirSync(at('empty'));
    mkdirSync(at('copy'));
    copyFileSync(path.join(one, 'shard.bin'), at('copy', 'shard.bin'));
    const refused = async (...given: string[]): Promise<string> => {
      const error: unknown = await merged(given, 'refused').catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(FileError);
      expect(existsSync(at('refused'))).toBe(false);
      return error instanceof Error ? error.message : '';
    };
    expect(await refused(one, two)).toBe('shard 3 is missing: expected all 3 shards of parts, found 2');
    expect(await refused(three)).toContain('shards 1-2 are missing');
    expect(await refused(one, two, three, at('copy'))).toMatch(
      /copy: shard 1 of 3 is in .*1 too; give each shard once/,
    );
    expect(await refused(one, at('other'), three)).toMatch(/other: shard 2 of 3 is of other \(\w{8}\), .* of parts/);
    expect(await refused(one, at('quarter'), three)).toMatch(/quarter: shard 2 of 4, but .* is shard 1 of 3/);
    expect(await refused(one, two, three, at('empty'))).toMatch(
      /empty: expected the folder of a shard, .* found no shard.bin/,
    );
    writeFileSync(at('empty', 'shard.bin'), 'no shard');
    expect(await refused(at('empty'), one)).toContain('names no shard that can be read');
  });

  it('names a shard of another version', async () => {
    const plan = await planOf('older', text);
    const [only] = (await sharded('older', plan, 1)) as [string];
    const file = path.join(only, 'shard.bin');
    const shard = await openShards([only]);
    const { record } = shard.shards[0]!;
    await shard.close();
    const { Journal } = await import('../../src/report/journal/journal.ts');
    rmSync(file);
    const none = () => {};
    const journal = new Journal(only, {
      file,
      experiment: { ...record, version: '0.0.1' },
      delay: 0,
      onFailure: none,
      onFull: none,
    });
    await journal.close();
    await expect(merged([only], 'newer')).rejects.toThrow('was made by mm-batch 0.0.1, this is');
    await expect(runShard(plan, { index: 1, count: 1 }, { ...ALONE, outputDir: only })).rejects.toThrow('0.0.1');
  });

  it('names a damaged shard and its paths; the same command again mends it', async () => {
    const plan = await planOf('torn', text);
    const folders = (await sharded('torn', plan, 2)) as [string, string];
    await merged(folders, 'torn/before');
    const file = path.join(folders[1], 'shard.bin');
    const bytes = readFileSync(file);
    // Within the first paths that it holds.
    const paths = bytes.indexOf('RJmm', bytes.indexOf('RJmm') + 4);
    bytes[paths + 36 + 50]! ^= 1;
    writeFileSync(file, bytes);
    await expect(merged(folders, 'torn/after')).rejects.toThrow(
      /shard.bin: shard 2 of 2 is damaged at byte \d+: paths \d+ to \d+ of hjb, scenario 0 \(simulate it again: mm-batch resume/,
    );
    // As a kill would leave it.
    writeFileSync(
      path.join(folders[0], 'shard.bin'),
      readFileSync(path.join(folders[0], 'shard.bin')).subarray(0, -20),
    );
    await expect(merged(folders, 'torn/after')).rejects.toThrow(
      /shard 1 of 2 is not finished: [\d,]+ paths are missing/,
    );
    const notes: string[] = [];
    for (const [i, outputDir] of folders.entries()) {
      const options = { ...ALONE, outputDir, onNote: (line: string) => notes.push(line) };
      await runShard(plan, { index: i + 1, count: 2 }, options);
    }
    expect(notes.join('\n')).toMatch(/damaged at byte .* are simulated again/);
    await merged(folders, 'torn/after');
    expectSameFiles('torn/after', 'torn/before');
  });

  it('does not mix shards in one folder', async () => {
    const plan = await planOf('mixed', text);
    const [one] = (await sharded('mixed', plan, 2)) as [string, string];
    const again = { ...ALONE, outputDir: one };
    await expect(runShard(plan, { index: 2, count: 2 }, again)).rejects.toThrow(/holds shard 1 of 2 .*--fresh/);
    await expect(runExperiment(plan, again)).rejects.toThrow(/holds shard 1 of 2 of mixed .*--fresh/);
    expect(await runShard(plan, { index: 1, count: 2 }, again)).toMatchObject({ simulated: 0 });
    await runShard(plan, { index: 2, count: 2 }, { ...again, fresh: true });
    await expect(merged([one], 'mixed/merged')).rejects.toThrow('shard 1 is missing');
  });
});

describe('--shard', () => {
  const refusal = (value: unknown, environment: Record<string, string>): string => {
    try {
      shardOf(value, environment);
    } catch (error) {
      if (error instanceof Error) return error.message;
    }
    return '';
  };

  it.each([
    ['3/20', {}, { index: 3, count: 20 }],
    ['auto', { SLURM_ARRAY_TASK_ID: '20', SLURM_ARRAY_TASK_COUNT: '20' }, { index: 20, count: 20 }],
    ['auto/20', { SLURM_ARRAY_TASK_ID: '3', SLURM_ARRAY_TASK_COUNT: '1' }, { index: 3, count: 20 }],
    ['auto/20', { JOB_COMPLETION_INDEX: '0' }, { index: 1, count: 20 }],
    ['', { JOB_COMPLETION_INDEX: '19', JOB_COMPLETION_COUNT: '20' }, { index: 20, count: 20 }],
    ['auto', { AWS_BATCH_JOB_ARRAY_INDEX: '4', AWS_BATCH_JOB_ARRAY_SIZE: '5' }, { index: 5, count: 5 }],
    [undefined, { SLURM_ARRAY_TASK_ID: '1', SLURM_ARRAY_TASK_COUNT: '2' }, undefined],
  ])('%s with %o', (value, environment, expected) => {
    expect(shardOf(value, environment)).toEqual(expected);
  });

  it('says what is wrong, and the cure', () => {
    expect(refusal('21/20', {})).toBe('--shard: expected a part from 1/20 to 20/20, got 21/20');
    expect(refusal('3', {})).toBe('--shard: expected a part of the run such as 3/20, auto/20 or auto, got 3');
    expect(refusal('1/0', {})).toContain('expected 1 to 100000 shards');
    expect(refusal('auto', {})).toMatch(/expected one of SLURM_ARRAY_TASK_ID, .* got none/);
    expect(refusal('auto', { JOB_COMPLETION_INDEX: '3' })).toMatch(
      /in JOB_COMPLETION_COUNT .* got none \(say it: --shard auto\/20/,
    );
    // A task that is submitted anew by itself must not take itself for the whole run.
    expect(refusal('auto', { SLURM_ARRAY_TASK_ID: '3', SLURM_ARRAY_TASK_COUNT: '1' })).toContain('got 1');
    expect(refusal('auto/20', { SLURM_ARRAY_TASK_ID: '0' })).toContain(
      'from 1 to 20, got 0 (submit with --array=1-20)',
    );
    expect(refusal('auto/5', { AWS_BATCH_JOB_ARRAY_INDEX: 'x' })).toContain('from 0 to 4, got x');
    expect(refusal('auto/5', { AWS_BATCH_JOB_ARRAY_INDEX: '1', JOB_COMPLETION_INDEX: '1' })).toContain(
      'expected one scheduler',
    );
  });
});
