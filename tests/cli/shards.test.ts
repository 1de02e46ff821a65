/** Shards as a scheduler runs them: killed, begun again with the same command, and merged. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { type Finished, finished, runCli, startCli, temporaryFolder } from '../support/cli.ts';
import { GATED, gateIn } from '../support/gate.ts';

const folder = temporaryFolder();
// Files of tests share their process.
afterEach(() => vi.unstubAllEnvs());
const at = (...names: string[]): string => path.join(folder, ...names);
const gate = gateIn(folder);

writeFileSync(
  at('tasks.yaml'),
  `name: tasks
paths: 400
simulator: {sigma: 2, A: 140, k: 1.5, scheme: event}
model: {delta_min: null, delta_max: null}
strategies: [hjb, constant, ${GATED}, {type: custom, module: ./broken.mjs, name: broken}]
thresholds: ['mean >= 1000']
`,
);
writeFileSync(at('broken.mjs'), "export const policy = () => { throw new Error('no quote'); };\n");

const heads = (file: string): number => (existsSync(file) ? readFileSync(file, 'latin1').split('RJmm').length - 1 : 0);

/** The command of a task in an array of three; the scheduler tells it its place. */
const task = (index: number): readonly string[] => {
  vi.stubEnv('SLURM_ARRAY_TASK_ID', String(index));
  return ['run', 'tasks.yaml', '--shard', 'auto/3', '--output-dir', `shards/${index}`, '--workers', '1'];
};

async function killedTask(index: number): Promise<Finished> {
  gate.close();
  const child = startCli(task(index), folder);
  const end = finished(child);
  while (child.exitCode === null && heads(at(`shards/${index}/shard.bin`)) < 2) await setTimeout(20);
  child.kill('SIGKILL');
  const result = await end;
  gate.open();
  return result;
}

it('a task that is killed and begun again, and its merged run: bytes, messages and exit code of one piece', async () => {
  const whole = await runCli(['run', 'tasks.yaml', '--output-dir', 'whole', '--no-html', '--no-progress'], folder);
  expect(whole.code).toBe(3);
  const plan = await runCli([...task(2), '--dry-run'], folder);
  expect(plan.stdout).toMatch(/ {2}shard 2 of 3: [\d,]+ paths of 1 of 1 scenarios\n$/);
  expect((await killedTask(2)).code).toBeNull();
  const early = await runCli(['merge', 'shards/2', '--output-dir', 'early'], folder);
  expect(early).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^shards 1, 3 are missing/) });
  const again = await runCli(task(2), folder);
  expect(again.code).toBe(0);
  expect(again.stderr).toMatch(/paths are taken over from shards\/2\/shard.bin/);
  expect(again.stderr).toContain('1 cells failed, which merge will report; the first: broken:');
  expect(again.stdout).toMatch(/^shard 2 of 3: .*\nwhen all are there: mm-batch merge shards --output-dir DIR\n$/);
  for (const index of [1, 3]) expect((await runCli([...task(index), '--quiet'], folder)).code).toBe(0);
  vi.unstubAllEnvs();
  const folders = ['shards/3', 'shards/1', 'shards/2'];
  const merged = await runCli(['merge', ...folders, '--output-dir', 'merged', '--no-html', '--no-progress'], folder);
  expect(merged.code).toBe(3);
  expect(merged.stderr).toBe(whole.stderr);
  for (const file of ['summary.csv', 'comparisons.csv', 'best.csv', 'thresholds.csv']) {
    expect(readFileSync(at('merged', file), 'utf8'), file).toBe(readFileSync(at('whole', file), 'utf8'));
  }
  expect(existsSync(at('early'))).toBe(false);
  // A finished shard is left as it is.
  const resumed = await runCli(['resume', 'shards/3', '--json'], folder);
  expect(JSON.parse(resumed.stdout)).toMatchObject({ shard: { index: 3, count: 3 }, simulated: 0 });
  const queued = await runCli(['resume', 'shards/3', '--executor', 'queue'], folder);
  expect(queued).toMatchObject({ code: 2, stderr: expect.stringContaining('not spread over a queue') });
  const raised = await runCli(['resume', 'shards/3', '--paths', '900'], folder);
  expect(raised).toMatchObject({ code: 2, stderr: expect.stringContaining('which cannot be changed by itself') });
}, 300_000);
