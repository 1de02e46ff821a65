/** A run by queue whose workers, server and coordinator are killed, frozen and restarted under it. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../support/cli.ts';
import { expectSameBytes, Running, recordsIn, startWorkers, until, writeExperiment } from '../support/queue.ts';
import { describeWithRedis, TestRedis } from '../support/redis.ts';

const folder = temporaryFolder();
const at = (name: string): string => path.join(folder, name);
const experiment = writeExperiment(folder, 'patient.yaml', ['narrow', 'wide'], 500);
const common = ['--export-paths', '--no-html', '--journal', 'keep'];

/** Milliseconds: what waits for a slow machine must not fail there. */
const PATIENCE = 300_000;

describeWithRedis('a run by queue', () => {
  let redis: TestRedis;
  /** Waits until nothing of a run is left in the server. */
  const workersAlone = () =>
    until(async () => (await redis.ask((server) => server.keys('mm-batch:*'))).join() === 'mm-batch:workers');

  beforeAll(async () => {
    redis = await TestRedis.start(folder);
    process.env['MM_BATCH_REDIS'] = redis.url;
    const local = await runCli(['run', experiment, '--output-dir', 'local', '--workers', '8', ...common], folder);
    expect(local.code).toBe(0);
    // Files of tests share their process.
    return () => void delete process.env['MM_BATCH_REDIS'];
  }, PATIENCE);

  it(
    'has the bytes of a local one though a worker dies, one freezes and the server is restarted',
    async () => {
      const [killed, frozen, steady] = await startWorkers(3, folder);
      const run = new Running(['run', experiment, '--output-dir', 'spread', '--executor', 'queue', ...common], folder);
      await until(() => recordsIn(at('spread')) >= 2);
      killed?.child.kill('SIGKILL');
      frozen?.child.kill('SIGSTOP');
      await redis.restart();
      expect(run.isRunning).toBe(true);
      // Longer than a block may be held without a sign of life: others compute it, and its answer comes twice.
      await sleep(6000);
      frozen?.child.kill('SIGCONT');
      const { code, stderr } = await run.end;
      expect(stderr).toMatch(/the connection is lost.*\n(.*\n)*.*connected again/);
      expect(code).toBe(0);
      expectSameBytes(at('spread'), at('local'));
      // They learn that the run has ended, leave nothing behind, and end when they are told to.
      await Promise.all([frozen, steady].map((worker) => worker?.says('has ended')));
      await workersAlone();
      for (const worker of [frozen, steady]) worker?.child.kill('SIGTERM');
      expect(await Promise.all([frozen?.end, steady?.end])).toMatchObject([{ code: 0 }, { code: 0 }]);
      expect(await redis.ask((server) => server.keys('mm-batch:*'))).toEqual([]);
    },
    PATIENCE,
  );

  it(
    'goes on after kill -9 of its coordinator, and what that leaves in the server is removed',
    async () => {
      const [worker] = await startWorkers(1, folder);
      const run = new Running(['run', experiment, '--output-dir', 'cut', '--executor', 'queue', ...common], folder);
      await until(() => recordsIn(at('cut')) >= 2);
      run.child.kill('SIGKILL');
      expect((await run.end).code).toBeNull();
      const [dead = ''] = await redis.ask((server) => server.zrange('mm-batch:runs', '0', '-1'));
      expect(JSON.parse(dead)).toMatchObject({ name: 'patient', pid: run.child.pid });
      const more = await startWorkers(2, folder);
      const resumed = await runCli(['resume', 'cut', '--executor', 'queue', '--no-html'], folder);
      expect(resumed.stderr).toMatch(/[1-9][\d,]* of 1,000 paths are taken over/);
      expect(resumed.code).toBe(0);
      expectSameBytes(at('cut'), at('local'));
      // As if a minute had gone by without a sign of life.
      await redis.ask((server) => server.zadd('mm-batch:runs', 1, dead));
      await workersAlone();
      const workers = [worker, ...more];
      for (const one of workers) one?.child.kill('SIGINT');
      expect(await Promise.all(workers.map((one) => one?.end))).toMatchObject(workers.map(() => ({ code: 0 })));
      expect(await redis.ask((server) => server.keys('mm-batch:*'))).toEqual([]);
    },
    PATIENCE,
  );
});
