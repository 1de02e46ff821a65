/** The queue as its users meet it: what it computes, what it refuses, what it says, how it ends. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { version } from '../../src/util/version.ts';
import { runCli, temporaryFolder } from '../support/cli.ts';
import { expectSameBytes, Running, recordsIn, startWorkers, until, writeExperiment } from '../support/queue.ts';
import { describeWithRedis, PASSWORD, TestRedis } from '../support/redis.ts';

const folder = temporaryFolder();
// Files of tests share their process.
afterEach(() => vi.unstubAllEnvs());
const at = (...names: string[]): string => path.join(folder, ...names);
const common = ['--no-html', '--no-progress'];
const byQueue = ['--executor', 'queue', ...common];

/** A run on this machine's threads and one by queue, of the same experiment. */
async function bothWays(args: readonly string[], name: string) {
  const local = await runCli([...args, '--output-dir', `${name}-local`, '--workers', '2', ...common], folder);
  const spread = await runCli([...args, '--output-dir', `${name}-spread`, ...byQueue], folder);
  return { local, spread };
}

const failures = (output: string): unknown => JSON.parse(readFileSync(at(output, 'manifest.json'), 'utf8')).failures;
const warnings = (output: string): unknown => JSON.parse(readFileSync(at(output, 'manifest.json'), 'utf8')).warnings;

/** Milliseconds: what waits for a slow machine must not fail there. */
const PATIENCE = 300_000;

describeWithRedis('the queue', () => {
  let redis: TestRedis;
  let worker: Running | undefined;

  beforeAll(async () => {
    redis = await TestRedis.start(folder);
    process.env['MM_BATCH_REDIS'] = redis.url;
    [worker] = await startWorkers(1, folder);
    // Files of tests share their process.
    return () => void delete process.env['MM_BATCH_REDIS'];
  }, PATIENCE);

  it(
    'gives the bytes and the warnings of a local run: both schemes, a portfolio, sketches, a precision',
    async () => {
      writeFileSync(
        at('sweep.yaml'),
        `paths: 700
simulator: {sigma: 2, A: 140, k: 1.5, dt: 0.01, Q_max: 6}
strategies: [hjb, constant, avellaneda_stoikov]
sweep:
  simulator.scheme: [stepped, event]
  model.gamma: [0.1, 1]
`,
      );
      writeFileSync(
        at('assets.yaml'),
        `paths: 300
simulator: {sigma: 1, A: 20, k: 1.5, Q_max: 4, scheme: event}
model: {delta_min: null, delta_max: null, gamma: 0.1}
assets: [{name: one}, {name: two, simulator: {sigma: 2}}]
correlation: 0.5
strategies: [hjb, constant]
`,
      );
      writeFileSync(
        at('plain.yaml'),
        'paths: 500\nsimulator: {A: 5, k: 1.5, scheme: event}\nstrategies: [hjb, constant]\n',
      );
      for (const [name, more] of [
        ['sweep.yaml', ['--export-paths']],
        ['assets.yaml', ['--export-paths']],
        ['plain.yaml', ['--set', 'precision.se=0.1']],
        ['plain.yaml', ['--set', 'statistics=sketch', '--paths', '140000']],
      ] as const) {
        const label = `${name}-${more.length}-${more[1]?.slice(0, 9)}`;
        const { local, spread } = await bothWays(['run', name, ...more], label);
        expect(local.code, local.stderr).toBe(0);
        expect(spread.code, spread.stderr).toBe(0);
        expectSameBytes(at(`${label}-spread`), at(`${label}-local`));
        expect(warnings(`${label}-spread`)).toEqual(warnings(`${label}-local`));
      }
    },
    PATIENCE,
  );

  it(
    'lets a cell fail alone that throws, has no solution or ends its thread, with the words of a local run',
    async () => {
      const experiment = writeExperiment(folder, 'faults.yaml', ['throws', 'exits', 'quick'], 150);
      const { local, spread } = await bothWays(['run', experiment, '--set', 'simulator.dt=0.005'], 'faults');
      expect(spread.code).toBe(3);
      expect(spread.stderr).toBe(local.stderr);
      expect(failures('faults-spread')).toEqual(failures('faults-local'));
      expect(failures('faults-spread')).toMatchObject([
        { strategy: 'throws', message: expect.stringContaining('no idea above 103') },
        {
          strategy: 'exits',
          message: expect.stringContaining('their worker was lost 3 times: worker exited with code: 7'),
        },
      ]);
      expectSameBytes(at('faults-spread'), at('faults-local'));
    },
    PATIENCE,
  );

  it(
    'refuses a module that is another one than the coordinator has, on both sides, and waits for who has it',
    async () => {
      const experiment = writeExperiment(folder, 'module.yaml', ['quick'], 200);
      mkdirSync(at('elsewhere'));
      writeFileSync(at('elsewhere', 'policies.mjs'), 'export const quick = () => [99, 101];\n');
      worker?.child.kill('SIGTERM');
      await worker?.end;
      const [stranger] = await startWorkers(1, folder, ['--code-dir', 'elsewhere']);
      const run = new Running(['run', experiment, '--output-dir', 'module', ...byQueue], folder);
      await run.says('takes no block of this run: ');
      expect(run.stderr).toMatch(
        /policies\.mjs: SHA-256 \w{12}… here, \w{12}… at the coordinator \(copy the file here/,
      );
      await stranger?.says('takes none of its blocks: ');
      [worker] = await startWorkers(1, folder);
      expect(await run.end).toMatchObject({ code: 0 });
      stranger?.child.kill('SIGTERM');
      await stranger?.end;
    },
    PATIENCE,
  );

  it(
    'keeps versions apart, and says so on both sides',
    async () => {
      const foreign = { id: 'x', version: '0.0.9', host: 'far', pid: 1 };
      const far = 1e14;
      await redis.ask((server) =>
        server
          .multi()
          .zadd('mm-batch:workers', far, JSON.stringify({ ...foreign, concurrency: 64 }))
          .zadd('mm-batch:runs', far, JSON.stringify({ ...foreign, name: 'older' }))
          .exec(),
      );
      await worker?.says('run older of far:1 is of mm-batch 0.0.9 and this worker of');
      writeExperiment(folder, 'module.yaml', ['quick'], 200);
      const { code, stderr } = await runCli(['run', 'module.yaml', '--output-dir', 'versions', ...byQueue], folder);
      expect(code).toBe(0);
      expect(stderr).toContain('worker far:1 is of mm-batch 0.0.9 and takes no block of this run');
      await redis.ask((server) => server.del('mm-batch:workers', 'mm-batch:runs'));
    },
    PATIENCE,
  );

  it(
    'takes part in a run whose offer comes after its name',
    async () => {
      const late = JSON.stringify({ id: 'late', version, name: 'late', host: 'far', pid: 2 });
      const signs = () => redis.ask((server) => server.zrange('mm-batch:workers', '0', '-1', 'WITHSCORES'));
      await redis.ask((server) => server.zadd('mm-batch:runs', 1e14, late));
      // Two signs of life: a look at the list lies between them.
      for (let i = 0; i < 2; i++) {
        const before = (await signs()).join();
        await until(async () => (await signs()).join() !== before);
      }
      await redis.ask((server) => server.set('mm-batch:late:offer', '{}'));
      await worker?.says('run late of far:2: this worker takes none of its blocks: its offer cannot be read');
      await redis.ask((server) => server.del('mm-batch:late:offer', 'mm-batch:runs'));
    },
    PATIENCE,
  );

  it(
    'ends with Ctrl-C, takes its blocks back, and leaves a run to resume',
    async () => {
      const experiment = writeExperiment(folder, 'long.yaml', ['narrow'], 3000);
      const args = ['run', experiment, '--output-dir', 'long', '--journal', 'keep', ...byQueue];
      const run = new Running(args, folder);
      await until(() => recordsIn(at('long')) >= 1);
      run.child.kill('SIGINT');
      expect(await run.end).toMatchObject({ code: 130, stdout: '' });
      expect(run.stderr).toContain('go on with: mm-batch resume long');
      await worker?.says('run long of');
      await until(() => worker?.stderr.split('has ended').length === worker?.stderr.split('taking its blocks').length);
      // What is left is the worker alone.
      await until(async () => (await redis.ask((server) => server.keys('mm-batch:*'))).join() === 'mm-batch:workers');
    },
    PATIENCE,
  );

  it(
    'ends a worker that has nothing to do, where asked for',
    async () => {
      const idle = new Running(['worker', '--workers', '1', '--exit-when-idle', '1'], folder);
      expect(await idle.end).toMatchObject({ code: 0 });
    },
    PATIENCE,
  );

  it(
    'names what is wrong with the server, and never the password',
    async () => {
      const run = (more: readonly string[]) =>
        runCli(['run', 'sweep.yaml', '--output-dir', 'none', ...byQueue, ...more], folder);
      const wrong = await run(['--redis', `redis://:not-${PASSWORD}@127.0.0.1:${redis.port}`]);
      expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('WRONGPASS') });
      const nobody = await run(['--redis', `redis://:${PASSWORD}@127.0.0.1:1`]);
      expect(nobody).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/^redis:\/\/127\.0\.0\.1:1: .*ECONNREFUSED/),
      });
      const malformed = await run(['--redis', `${PASSWORD}@127.0.0.1`]);
      expect(malformed).toMatchObject({ code: 2, stderr: expect.stringContaining('expected redis://') });
      for (const { stderr } of [wrong, nobody, malformed]) {
        expect(stderr.trim().split('\n')).toHaveLength(1);
        expect(stderr).not.toContain(PASSWORD);
      }
      expect((await run(['--workers', '2'])).stderr).toContain('give it to mm-batch worker');
    },
    PATIENCE,
  );
});

it(
  'asks for a server, and for the packages where they are missing',
  async () => {
    vi.stubEnv('MM_BATCH_REDIS', undefined);
    expect(await runCli(['worker'], folder)).toMatchObject({ code: 2, stderr: expect.stringContaining('got neither') });
    const missing = `data:text/javascript,export async function resolve(name, context, next) {
    if (name === 'bullmq') throw Object.assign(new Error('none'), {code: 'ERR_MODULE_NOT_FOUND'});
    return next(name, context);
  }`;
    const hook = `import {register} from 'node:module'; register(${JSON.stringify(missing)});`;
    vi.stubEnv('NODE_OPTIONS', `--import=data:text/javascript,${encodeURIComponent(hook)}`);
    const without = await runCli(['worker', '--redis', 'redis://127.0.0.1:1'], folder);
    expect(without).toMatchObject({ code: 2, stderr: expect.stringContaining('npm install bullmq ioredis') });
  },
  PATIENCE,
);
