import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { type Finished, finished, startCli } from './cli.ts';
import { stopAfterwards } from './redis.ts';

/** Policies that take their time without the processor, and some that are at fault. */
const POLICIES = `
const pause = new Int32Array(new SharedArrayBuffer(4));
const patient = (half) => ({
  create: () => {
    Atomics.wait(pause, 0, 0, 8);
    return (t, q, S) => [S - half - 0.05 * q, S + half - 0.05 * q];
  },
});
export const narrow = patient(0.6);
export const wide = patient(0.8);
export const quick = (t, q, S) => [S - 0.7, S + 0.7];
export const throws = (t, q, S) => {
  if (S > 103) throw new Error('no idea above 103');
  return [S - 0.7, S + 0.7];
};
export const exits = () => process.exit(7);
`;

/** Writes an experiment whose blocks have 100 paths, and a second's patience where a policy is patient. */
export function writeExperiment(folder: string, name: string, exported: readonly string[], paths: number): string {
  writeFileSync(path.join(folder, 'policies.mjs'), POLICIES);
  const custom = exported.map((one) => `  - {type: custom, module: ./policies.mjs, export: ${one}, name: ${one}}\n`);
  writeFileSync(
    path.join(folder, name),
    `paths: ${paths}
simulator: {sigma: 2, A: 140, k: 1.5, dt: 0.0001}
model: {delta_min: null, delta_max: null}
strategies:
${custom.join('')}`,
  );
  return name;
}

const CSVS = ['summary.csv', 'comparisons.csv', 'paths.csv'];

/** Expects the CSVs of two run folders to have the same bytes. */
export function expectSameBytes(found: string, reference: string): void {
  for (const file of CSVS) {
    const [one, other] = [found, reference].map((folder) => {
      const name = path.join(folder, file);
      return existsSync(name) ? readFileSync(name, 'utf8') : undefined;
    });
    // Not toEqual: a difference of megabytes would be printed.
    expect(one === other, `${file} of ${path.basename(found)}`).toBe(true);
  }
  expect(existsSync(path.join(reference, 'summary.csv'))).toBe(true);
}

/** Records of paths in the journal of a run's folder. */
export function recordsIn(folder: string): number {
  const file = path.join(folder, 'journal.bin');
  // The experiment is a record too.
  return existsSync(file) ? Math.max(0, readFileSync(file, 'latin1').split('RJmm').length - 2) : 0;
}

/** Waits until something holds; where it never does, the test's own timeout says so. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(50);
}

/** A running command of the command line, with what it has said so far. */
export class Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly end: Promise<Finished>;
  stderr = '';

  constructor(args: readonly string[], folder: string) {
    this.child = startCli(args, folder);
    this.end = finished(this.child);
    this.child.stderr.on('data', (chunk) => {
      this.stderr += chunk;
    });
    stopAfterwards({ stop: () => void this.child.kill('SIGKILL') });
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Waits until stderr holds the text; rejects where the command ends without. */
  async says(text: string): Promise<void> {
    await until(() => this.stderr.includes(text) || !this.isRunning);
    expect(this.stderr).toContain(text);
  }
}

/** Starts workers of one thread each, and waits until they are there. */
export async function startWorkers(count: number, folder: string, more: readonly string[] = []): Promise<Running[]> {
  const workers = Array.from({ length: count }, () => new Running(['worker', '--workers', '1', ...more], folder));
  await Promise.all(workers.map((worker) => worker.says('waiting for runs')));
  return workers;
}
