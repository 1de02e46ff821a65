// @ts-check
/**
 * `node bench/queue.js [--scheme event|stepped] [--statistics exact|sketch] [--paths N] [--rounds N]`: the same run on this
 * process's two threads and by a queue, whose server, worker (two threads) and coordinator share the same machine; in turn, so
 * that what else the machine does meets both alike. Each round has threads and a worker of its own: where a process's code and
 * memory come to lie makes the same kernel up to a third slower, for as long as the process lives.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { checkExperiment, planRun, simulatePlan } from '../build/src/index.js';
import { createExecutor } from '../build/src/simulate/executors/create-executor.js';
import { connectRedis } from '../build/src/simulate/executors/queue/connection.js';
import { createQueueExecutor } from '../build/src/simulate/executors/queue/create-queue-executor.js';
import { interleave, ratioOf, spreadOf } from './measure.js';
import { ratioSection, sectionText, spread } from './table.js';

/** @import { SimulateOptions } from '../build/src/index.js' */

const THREADS = 2;
const PORT = 17_391;
const { values } = parseArgs({
  options: {
    scheme: { type: 'string', default: 'event' },
    statistics: { type: 'string', default: 'exact' },
    paths: { type: 'string', default: '500000' },
    rounds: { type: 'string', default: '11' },
  },
});
const plan = planRun(
  checkExperiment({
    paths: Number(values.paths),
    statistics: values.statistics,
    simulator: { sigma: 2, A: 140, k: 1.5, scheme: values.scheme },
    model: { delta_min: null, delta_max: null },
    strategies: ['hjb', 'constant'],
  }),
);

const folder = mkdtempSync(path.join(os.tmpdir(), 'mm-batch-bench-'));
const redisArgs = `--port ${PORT} --bind 127.0.0.1 --save --appendonly yes --dir ${folder}`.split(' ');
redisArgs.splice(redisArgs.indexOf('--save') + 1, 0, '');
const server = spawn('redis-server', redisArgs, { stdio: 'ignore' });
await sleep(1000);
const url = `redis://127.0.0.1:${PORT}`;
const cli = path.join(import.meta.dirname, '../dist/src/cli.js');
const link = await connectRedis(url, (line) => process.stderr.write(`${line}\n`));

async function startWorker() {
  const worker = spawn(process.execPath, [cli, 'worker', '--redis', url, '--workers', String(THREADS)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await once(worker.stderr, 'data');
  worker.stderr.resume();
  return worker;
}

/** Processor seconds of a process so far, all its threads together.
 * @param {number | undefined} pid */
function secondsOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

let blocks = 0;
/** @param {Partial<SimulateOptions>} options @param {number | undefined} worker its process */
async function measured(options, worker = process.pid) {
  const others = () => [server.pid, worker].map(secondsOf);
  // What begins is compiled first.
  await simulatePlan(plan, { workers: THREADS, ...options });
  blocks = 0;
  const [own, before, begun] = [process.cpuUsage(), others(), performance.now()];
  await simulatePlan(plan, { workers: THREADS, ...options });
  const wall = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(own);
  const here = (user + system) / 1e6;
  const [redis, computing] = others().map((seconds, i) => seconds - before[i]);
  return { wall, here, redis, computing };
}

/** @type {Map<string, number[]>} */
const parts = new Map();
/** @param {string} name @param {number} value */
const note = (name, value) => void parts.set(name, [...(parts.get(name) ?? []), value]);

const local = async () => {
  const pool = await createExecutor(THREADS);
  const { wall, here } = await measured({ executor: async () => ({ ...pool, close: async () => {} }) });
  await pool.close();
  note('local: wall', wall);
  note('local: processor', here);
  return { ns: here, units: 1 };
};
const queue = async () => {
  const worker = await startWorker();
  const { wall, here, redis, computing } = await measured(
    {
      executor: (experiment) =>
        createQueueExecutor(link, { name: 'bench', record: JSON.stringify(experiment) }, () => {}),
      onBlock: () => {
        blocks++;
      },
    },
    worker.pid,
  );
  worker.kill('SIGTERM');
  await once(worker, 'exit');
  note('queue: wall', wall);
  note('queue: coordinator', here);
  note('queue: redis-server', redis);
  note('queue: worker', computing);
  note('queue: processor', here + redis + computing);
  return { ns: here + redis + computing, units: 1 };
};

const rounds = Number(values.rounds);
await interleave(
  [
    { name: 'local', run: local },
    { name: 'queue', run: queue },
  ],
  rounds,
);
link.close();
server.kill('SIGTERM');
await once(server, 'exit');
rmSync(folder, { recursive: true });

/** @param {string} name */
const counted = (name) => parts.get(name)?.slice(-rounds);
const of = (/** @type {string} */ name) => spread(spreadOf(counted(name) ?? []));
const busy = spreadOf(counted('queue: worker') ?? []).median;
process.stdout.write(
  sectionText({
    title: `A run of ${2 * Number(values.paths)} paths here and by queue, seconds: median (min–max) of ${rounds} rounds`,
    head: ['', 'seconds'],
    rows: [...parts.keys()].map((name) => [name, of(name)]),
    notes: [`${blocks} blocks of ${Math.round((1000 * busy) / blocks)} ms of the worker's processor time each`],
  }) +
    sectionText(
      ratioSection('Queue / local, round by round', [
        { name: 'processor time', ratio: ratioOf(counted('queue: processor'), counted('local: processor')) },
        { name: 'wall', ratio: ratioOf(counted('queue: wall'), counted('local: wall')) },
      ]),
    ),
);
