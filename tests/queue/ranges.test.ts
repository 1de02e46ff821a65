/** A run in sketch mode by queue: its workers fold ranges of paths, and send what these come to. */
import { cpSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../support/cli.ts';
import { expectSameBytes, recordsIn, startWorkers, writeExperiment } from '../support/queue.ts';
import { describeWithRedis, TestRedis } from '../support/redis.ts';

const folder = temporaryFolder();
const at = (...names: string[]): string => path.join(folder, ...names);
const common = ['--no-html', '--no-progress'];

/** Milliseconds: what waits for a slow machine must not fail there. */
const PATIENCE = 300_000;

/** Ends a run's folder after so many records of its journal and some bytes more, as kill -9 of its coordinator would have. */
function cutAfter(name: string, records: number): void {
  for (const file of ['manifest.json', 'summary.csv', 'comparisons.csv']) rmSync(at(name, file));
  const journal = at(name, 'journal.bin');
  const bytes = readFileSync(journal);
  let end = 0;
  // The experiment comes first. A head has 36 bytes, the number of those that follow it at byte 24.
  for (let i = 0; i <= records; i++) end += 36 + bytes.readUInt32LE(end + 24);
  truncateSync(journal, end + 100);
}

describeWithRedis('a run in sketch mode by queue', () => {
  beforeAll(async () => {
    const redis = await TestRedis.start(folder);
    process.env['MM_BATCH_REDIS'] = redis.url;
    await startWorkers(2, folder);
    // Files of tests share their process.
    return () => void delete process.env['MM_BATCH_REDIS'];
  }, PATIENCE);

  it(
    'comes in three folded ranges, and goes on after its end by queue and without, to the bytes of a local one',
    async () => {
      writeFileSync(
        at('large.yaml'),
        `paths: 280000
statistics: sketch
simulator: {A: 5, k: 1.5, scheme: event}
model: {delta_min: null, delta_max: null}
strategies: [hjb, constant]
`,
      );
      const options = ['--journal', 'keep', ...common];
      const local = await runCli(['run', 'large.yaml', '--output-dir', 'local', '--workers', '2', ...options], folder);
      const args = ['run', 'large.yaml', '--output-dir', 'queue', '--executor', 'queue', ...options];
      const spread = await runCli(args, folder);
      expect(spread.code, spread.stderr).toBe(0);
      expect(spread.stderr).toBe(local.stderr);
      expectSameBytes(at('queue'), at('local'));
      // No single paths, of which there are 19 bytes each.
      expect(recordsIn(at('queue'))).toBe(3);
      expect(statSync(at('queue', 'journal.bin')).size).toBeLessThan(2 * 280_000);
      cutAfter('queue', 1);
      cpSync(at('queue'), at('threads'), { recursive: true });
      for (const [name, more] of [
        ['queue', ['--executor', 'queue']],
        ['threads', ['--workers', '2']],
      ] as const) {
        const resumed = await runCli(['resume', name, ...more, ...options], folder);
        expect(resumed.code, resumed.stderr).toBe(0);
        expect(resumed.stderr).toMatch(/(262,144|35,712) of 560,000 paths are taken over/);
        expectSameBytes(at(name), at('local'));
        expect(recordsIn(at(name))).toBeGreaterThanOrEqual(3);
      }
    },
    PATIENCE,
  );

  it(
    'lets a cell fail alone that throws or ends its thread, with the words of a local run',
    async () => {
      const experiment = writeExperiment(folder, 'faults.yaml', ['throws', 'exits', 'quick'], 600);
      const args = ['run', experiment, '--set', 'statistics=sketch', '--set', 'simulator.dt=0.05', ...common];
      const local = await runCli([...args, '--output-dir', 'faults-local', '--workers', '2'], folder);
      const more = ['--output-dir', 'faults-queue', '--executor', 'queue', '--journal', 'keep'];
      const spread = await runCli([...args, ...more], folder);
      expect(spread.code).toBe(3);
      expect(spread.stderr).toBe(local.stderr);
      const [there, here] = ['faults-queue', 'faults-local'].map(
        (name): unknown => JSON.parse(readFileSync(at(name, 'manifest.json'), 'utf8')).failures,
      );
      expect(there).toEqual(here);
      expect(there).toMatchObject([
        { strategy: 'throws', message: expect.stringContaining('no idea above 103') },
        { strategy: 'exits', message: expect.stringContaining('their worker was lost 3 times') },
      ]);
      expectSameBytes(at('faults-queue'), at('faults-local'));
    },
    PATIENCE,
  );
});
