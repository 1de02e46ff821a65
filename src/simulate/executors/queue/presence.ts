/** Who is there: the runs that have blocks to compute, and the workers that compute them. */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { answersKey, offerKey, RUN_LIFE, RUNS, WORKER_LIFE, WORKERS } from './keys.ts';

const member = { id: z.string(), version: z.string(), host: z.string(), pid: z.number() };

const runMember = z.object({ ...member, name: z.string() });
const workerMember = z.object({ ...member, concurrency: z.number() });

/** A run as workers see it before they take part. */
export type PresentRun = Readonly<z.infer<typeof runMember>>;
/** A worker as coordinators see it; `concurrency` is how many blocks it holds at a time. */
export type PresentWorker = Readonly<z.infer<typeof workerMember>>;

export interface SeenByRun {
  readonly workers: readonly PresentWorker[];
  /** Runs whose coordinators have died. */
  readonly deadRuns: readonly string[];
}

export interface SeenByWorker {
  readonly runs: readonly PresentRun[];
  readonly deadRuns: readonly string[];
}

/** The server's clock counts, since those of the machines differ. */
const NOW = `local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

const RUN_SIGN = `${NOW}
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
if redis.call('EXISTS', KEYS[4]) == 0 then redis.call('XADD', KEYS[4], '*', 'head', '') end
redis.call('PEXPIRE', KEYS[4], ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
return {
  redis.call('PEXPIRE', KEYS[3], ARGV[2]),
  redis.call('ZRANGE', KEYS[2], 0, -1),
  redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)
}`;

const WORKER_SIGN = `${NOW}
redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[1])
return {
  redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf'),
  redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)
}`;

const names = z.array(z.string());
const runReply = z.tuple([z.number(), names, names]);
const workerReply = z.tuple([names, names]);

/** A run's sign of life; puts its offer where it is missing, as after the loss of a server without persistence. */
export async function signRun(redis: Redis, run: PresentRun, offer: string): Promise<SeenByRun> {
  const keys = [RUNS, WORKERS, offerKey(run.id), answersKey(run.id)];
  const reply = await redis.eval(RUN_SIGN, keys.length, ...keys, JSON.stringify(run), RUN_LIFE);
  const [isOffered, workers, dead] = runReply.parse(reply);
  if (isOffered === 0) await redis.set(offerKey(run.id), offer, 'PX', RUN_LIFE);
  return { workers: parsed(workers, workerMember), deadRuns: dead };
}

/** A worker's sign of life. */
export async function signWorker(redis: Redis, worker: PresentWorker): Promise<SeenByWorker> {
  const reply = await redis.eval(WORKER_SIGN, 2, RUNS, WORKERS, JSON.stringify(worker), WORKER_LIFE);
  const [runs, dead] = workerReply.parse(reply);
  return { runs: parsed(runs, runMember), deadRuns: dead };
}

export async function leaveWorker(redis: Redis, worker: PresentWorker): Promise<void> {
  await redis.zrem(WORKERS, JSON.stringify(worker));
}

/** The id in a member of the set of runs; undefined where it is none of ours. */
export function runIdOf(text: string): string | undefined {
  return parsed([text], runMember)[0]?.id;
}

/** Those that can be read: another version may have written others. */
function parsed<T>(members: readonly string[], schema: z.ZodType<T>): T[] {
  return members.flatMap((text) => {
    try {
      return schema.safeParse(JSON.parse(text)).data ?? [];
    } catch (error) {
      if (error instanceof SyntaxError) return [];
      throw error;
    }
  });
}
