/** Interrupted runs, as a user meets them: Ctrl-C, changed files, damaged journals, full disks; kills.test.ts has kill -9. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { cli, type Finished, finished, runCli, startCli, temporaryFolder } from '../support/cli.ts';
import { GATED, gateIn } from '../support/gate.ts';

const folder = temporaryFolder();
const at = (...names: string[]): string => path.join(folder, ...names);
const gate = gateIn(folder);
const FILES = ['summary.csv', 'comparisons.csv', 'paths.csv'];

const THREE = 'hjb, constant, {type: inventory_aware, half_spread: 0.7, skew: 0.05}';

function config(name: string, paths: number, more = '', strategies = THREE): string {
  writeFileSync(
    at(name),
    `paths: ${paths}
simulator: {sigma: 2, A: 140, k: 1.5, scheme: event}
model: {delta_min: null, delta_max: null}
strategies: [${strategies}]
${more}`,
  );
  return name;
}

/** A config whose run ends only while the gate is open; its other cells are simulated before. */
const gated = (name: string, paths: number, more = ''): string => config(name, paths, more, `${THREE}, ${GATED}`);

/** The CSVs of a run; paths.csv where it has one. */
const bytesOf = (output: string): string[] =>
  FILES.filter((file) => existsSync(at(output, file))).map((file) => readFileSync(at(output, file), 'utf8'));

function expectSame(output: string, reference: readonly string[]): void {
  // Not toEqual: a difference of megabytes would be printed.
  const found = bytesOf(output);
  expect(found).toHaveLength(reference.length);
  for (const [i, text] of found.entries()) expect(text === reference[i], `${output}/${FILES[i]}`).toBe(true);
}

/** Records in a journal, that of the experiment among them. */
const headsIn = (file: string): number => readFileSync(file, 'latin1').split('RJmm').length - 1;

/** Starts the run of a gated config, waits until its journal holds two records of paths, and ends it by the signal. */
async function interrupted(args: readonly string[], output: string, signal: NodeJS.Signals): Promise<Finished> {
  gate.close();
  const child = startCli([...args, '--output-dir', output, '--journal', 'keep'], folder);
  const end = finished(child);
  const file = at(output, 'journal.bin');
  while (child.exitCode === null && !(existsSync(file) && headsIn(file) > 2)) await setTimeout(20);
  child.kill(signal);
  const result = await end;
  gate.open();
  return result;
}

const longer = gated('longer.yaml', 3000);
const short = config('short.yaml', 2000);

describe('Ctrl-C and SIGTERM', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    '%s leaves what is simulated, and says how to go on',
    async (signal, code) => {
      const result = await interrupted(['run', longer], signal, signal);
      expect(result).toMatchObject({ code, stdout: '' });
      expect(result.stderr).toContain(`stopped by ${signal}`);
      expect(result.stderr).toContain(`go on with: mm-batch resume ${signal}`);
      expect(readdirSync(at(signal))).toEqual(['journal.bin']);
      // A new run would destroy it.
      const again = await runCli(['run', longer, '--output-dir', signal], folder);
      expect(again).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/holds this run, unfinished.*resume.*--fresh/),
      });
      const other = await runCli(
        ['run', longer, '--output-dir', signal, '--set', 'model.gamma=0.5', '--seed', '7'],
        folder,
      );
      expect(other.code).toBe(2);
      expect(other.stderr).toMatch(
        /unfinished run of another experiment.*\n {2}model\.gamma: 0\.1 then, 0\.5 now\n {2}seed: 42 then, 7 now/,
      );
      expect((await runCli(['run', short, '--output-dir', signal, '--fresh', '--quiet'], folder)).code).toBe(0);
      expect(existsSync(at(signal, 'summary.csv'))).toBe(true);
    },
    300_000,
  );

  it.skipIf(process.platform === 'win32')(
    'twice ends at once, and the run can be gone on with',
    async () => {
      gate.close();
      const child = startCli(['run', longer, '--output-dir', 'twice', '--journal', 'keep'], folder);
      const end = finished(child);
      const file = at('twice', 'journal.bin');
      while (child.exitCode === null && !(existsSync(file) && headsIn(file) > 2)) await setTimeout(20);
      // Both arrive before the first can have been dealt with, in either order: threads of the process may take one each.
      for (const signal of ['SIGSTOP', 'SIGINT', 'SIGTERM', 'SIGCONT'] as const) child.kill(signal);
      const { code, stderr } = await end;
      gate.open();
      expect([130, 143]).toContain(code);
      expect(stderr).not.toContain('go on with');
      expect((await runCli(['resume', 'twice', '--quiet'], folder)).code).toBe(0);
      await longerAlone();
      expectSame('twice', reference());
    },
    300_000,
  );

  it('before anything is simulated leaves nothing, since nothing is lost', async () => {
    const name = config('early.yaml', 3000, '', GATED);
    gate.close();
    const child = startCli(['run', name, '--output-dir', 'early', '--verbose'], folder);
    child.stderr.once('data', () => child.kill('SIGINT'));
    expect((await finished(child)).code).toBe(130);
    gate.open();
    expect(existsSync(at('early'))).toBe(false);
  });
});

describe('resume', () => {
  beforeAll(longerAlone, 300_000);

  it('refuses what has changed, with the differences, and goes on when told so', async () => {
    const name = gated('changing.yaml', 3000);
    await interrupted(['run', name], 'changed', 'SIGKILL');
    writeFileSync(at(name), readFileSync(at(name), 'utf8').replace('sigma: 2', 'sigma: 3'));
    const refused = await runCli(['resume', 'changed'], folder);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /changing\.yaml has changed since.*--as-begun.*\n {2}simulator\.sigma: 2 then, 3 now/,
    );
    expect((await runCli(['resume', 'changed', '--set', 'model.gamma=1', '--as-begun'], folder)).stderr).toMatch(
      /only paths, precision and statistics may change.*\n {2}model\.gamma: 0\.1 then, 1 now/,
    );
    // A comment is no change.
    writeFileSync(at(name), `# a comment\n${readFileSync(at(name), 'utf8').replace('sigma: 3', 'sigma: 2')}`);
    expect((await runCli(['resume', 'changed', '--quiet'], folder)).code).toBe(0);
    expectSame('changed', reference());
  }, 300_000);

  it('refuses changed modules of custom strategies and other versions', async () => {
    writeFileSync(at('policy.js'), 'export const policy = (t, q, S) => [S - 0.7 - 0.05 * q, S + 0.7 - 0.05 * q];\n');
    const name = config('custom.yaml', 3000, '', `{type: custom, module: ./policy.js}, ${GATED}`);
    await interrupted(['run', name], 'custom', 'SIGKILL');
    writeFileSync(at('policy.js'), 'export const policy = (t, q, S) => [S - 1, S + 1];\n');
    const refused = await runCli(['resume', 'custom'], folder);
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/have changed since.*\n.*policy\.js: SHA-256/),
    });
    mkdirSync(at('version'));
    const manifest = JSON.parse(readFileSync(at('longer-alone', 'manifest.json'), 'utf8'));
    manifest.experiment.version = '0.0.9';
    writeFileSync(at('version', 'manifest.json'), JSON.stringify(manifest));
    expect((await runCli(['resume', 'version'], folder)).stderr).toMatch(
      /begun by mm-batch 0\.0\.9, this is .*do not mix/,
    );
  }, 300_000);

  it('says where there is nothing to resume', async () => {
    expect(await runCli(['resume', 'nowhere'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no such folder'),
    });
    mkdirSync(at('empty'));
    expect((await runCli(['resume', 'empty'], folder)).stderr).toContain('holds no run to resume');
    expect(await runCli(['resume', 'longer-alone'], folder)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('is finished'),
    });
  });

  it('raises the paths of a finished run, and takes over those that there are', async () => {
    const args = ['run', short, '--export-paths'];
    expect((await runCli([...args, '--output-dir', 'raised', '--journal', 'keep', '--quiet'], folder)).code).toBe(0);
    // 0, 1 and 2 workers, one after the other on the same journal.
    for (const [workers, paths] of [
      [0, 2300],
      [1, 3100],
      [2, 4000],
    ] as const) {
      const raise = ['resume', 'raised', '--paths', String(paths), '--workers', String(workers), '--journal', 'keep'];
      const { code, stderr } = await runCli(raise, folder);
      expect(code).toBe(0);
      expect(stderr).toMatch(/[1-9][\d,]+ of [\d,]+ paths are taken over/);
      const outright = `outright-${paths}`;
      expect(
        (await runCli([...args, '--paths', String(paths), '--output-dir', outright, '--quiet'], folder)).code,
      ).toBe(0);
      expectSame('raised', bytesOf(outright));
    }
    // Fewer again are a part of them.
    const { stderr } = await runCli(['resume', 'raised', '--paths', '2300'], folder);
    expect(stderr).toContain('6,900 of 6,900 paths are taken over');
    expectSame('raised', bytesOf('outright-2300'));
  }, 300_000);

  it('goes on through chunks, and with a precision, to the same bytes', async () => {
    const chunked = config('chunked.yaml', 140_000, 'statistics: sketch\n', `constant, ${GATED}`);
    writeFileSync(at(chunked), readFileSync(at(chunked), 'utf8').replace('A: 140', 'A: 1'));
    const precise = gated('precise.yaml', 2000, 'precision: {se: 0.2}\n');
    for (const name of [chunked, precise]) {
      // paths.csv of so many paths would take most of the time.
      const args = name === chunked ? ['run', name] : ['run', name, '--export-paths'];
      expect((await runCli([...args, '--output-dir', `${name}-alone`, '--quiet'], folder)).code).toBe(0);
      expect((await interrupted(args, `${name}-cut`, 'SIGKILL')).code).toBeNull();
      const resumed = await runCli(['resume', `${name}-cut`, '--no-progress'], folder);
      expect(resumed.code).toBe(0);
      expect(resumed.stderr).toMatch(/[1-9][\d,]* (of [\d,]+ )?paths are taken over/);
      expectSame(`${name}-cut`, bytesOf(`${name}-alone`));
    }
  }, 300_000);

  it('cuts a torn end and names a damaged record', async () => {
    await interrupted(['run', longer], 'damaged', 'SIGKILL');
    const file = at('damaged', 'journal.bin');
    truncateSync(file, readFileSync(file).byteLength - 11);
    const bytes = readFileSync(file);
    // In the payload of the first record of paths, past the experiment.
    bytes[bytes.indexOf('RJmm', 8) + 200]! ^= 1;
    writeFileSync(file, bytes);
    const { code, stderr } = await runCli(['resume', 'damaged'], folder);
    expect(stderr).toMatch(/damaged at byte \d+: paths \d+ to \d+ of \w+, scenario 0, are simulated again/);
    expect(code).toBe(0);
    expectSame('damaged', reference());
  }, 300_000);
});

describe('one folder', () => {
  beforeAll(longerAlone, 300_000);

  it('takes one run at a time', async () => {
    gate.close();
    const first = startCli(['run', longer, '--output-dir', 'shared', '--journal', 'keep'], folder);
    const end = finished(first);
    while (first.exitCode === null && !existsSync(at('shared', 'journal.bin'))) await setTimeout(20);
    const second = await runCli(['run', longer, '--output-dir', 'shared'], folder);
    expect(second).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/another run writes to this folder \(process \d+/),
    });
    const planned = await runCli(['plan', longer, '--output-dir', 'shared'], folder);
    expect(planned).toMatchObject({ code: 2, stdout: '', stderr: second.stderr });
    while (first.exitCode === null && headsIn(at('shared', 'journal.bin')) < 3) await setTimeout(20);
    first.kill('SIGINT');
    expect((await end).code).toBe(130);
    gate.open();
    const unfinished = await runCli(['run', longer, '--dry-run', '--output-dir', 'shared'], folder);
    expect(unfinished).toMatchObject({ code: 2, stderr: expect.stringContaining('holds this run, unfinished') });
    expect((await runCli(['run', longer, '--dry-run', '--fresh', '--output-dir', 'shared'], folder)).code).toBe(0);
    expect(readdirSync(at('shared'))).toEqual(['journal.bin']);
  }, 300_000);

  it.skipIf(process.platform === 'win32')(
    'that takes no more ends a run with one error, and it goes on elsewhere',
    async () => {
      // A limit on the size of a file stands in for a full disk: writes beyond it are refused.
      gate.close();
      const command = `ulimit -f 100 && exec "${process.execPath}" "${cli}" run ${longer} --output-dir full --journal keep --no-progress`;
      const { code, stderr, stdout } = await finished(spawn('bash', ['-c', command], { cwd: folder }));
      gate.open();
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(
        /^what is simulated is kept; go on with: mm-batch resume full\n.*journal\.bin: cannot write it: .*EFBIG\)\n$/s,
      );
      expect(readdirSync(at('full'))).toEqual(['journal.bin']);
      expect((await runCli(['resume', 'full', '--quiet'], folder)).code).toBe(0);
      expectSame('full', reference());
    },
    300_000,
  );
});

let made: string[] | undefined;

/** summary.csv and comparisons.csv of the longer run, left alone. */
async function longerAlone(): Promise<void> {
  if (made !== undefined) return;
  expect((await runCli(['run', longer, '--output-dir', 'longer-alone', '--quiet'], folder)).code).toBe(0);
  made = bytesOf('longer-alone');
}

function reference(): readonly string[] {
  if (made === undefined) throw new Error('the longer run is missing');
  return made;
}
