import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockFolder } from '../../src/report/folder-lock.ts';

let folder = '';
const lock = (): string => path.join(folder, '.mm-batch.lock');
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mm-batch-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('keeps a second run out until the first lets go', async () => {
  const first = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(/another run writes to this folder .*--output-dir/);
  await first.release();
  await (await lockFolder(folder)).release();
  expect(existsSync(lock())).toBe(false);
});

it('takes over the lock of a process that has ended, and removes what it was writing', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(lock(), JSON.stringify({ pid, host: os.hostname(), started: '1' }));
  writeFileSync(path.join(folder, '.mm-batch-0123456789abcdef.tmp'), 'half a file');
  const taken = await lockFolder(folder);
  expect(JSON.parse(readFileSync(lock(), 'utf8'))).toMatchObject({ pid: process.pid });
  expect(existsSync(path.join(folder, '.mm-batch-0123456789abcdef.tmp'))).toBe(false);
  await taken.release();
});

it.runIf(process.platform === 'linux')('sees that the number of a process is used by another one now', async () => {
  writeFileSync(lock(), JSON.stringify({ pid: process.pid, host: os.hostname(), started: '1' }));
  await (await lockFolder(folder)).release();
});

it('does not judge the processes of another machine', async () => {
  writeFileSync(lock(), JSON.stringify({ pid: 1, host: 'elsewhere', started: null }));
  await expect(lockFolder(folder)).rejects.toThrow(/process 1 on elsewhere.*delete .*mm-batch\.lock/);
});

it('takes over a lock that was never written', async () => {
  writeFileSync(lock(), '');
  await (await lockFolder(folder)).release();
});

it('lets one of many in, whatever the timing', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(lock(), JSON.stringify({ pid, host: os.hostname(), started: '1' }));
  const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
