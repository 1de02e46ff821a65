import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { answersKey, offerKey, PREFIX, REMOVAL_TIME, RUNS, removerKey } from './keys.ts';
import { loadQueuePackages } from './packages.ts';
import { runIdOf } from './presence.ts';

/** The queue of a run's blocks, which has the run's id as its name. */
export async function queueOf(redis: Redis, run: string): Promise<Queue> {
  const { Queue } = await loadQueuePackages();
  const queue = new Queue(run, {
    connection: redis,
    prefix: PREFIX,
    // Its events are read by nobody here.
    streams: { events: { maxLen: 100 } },
  });
  // The connection's own listeners say what is wrong with it.
  queue.on('error', () => {});
  return queue;
}

/**
 * Takes everything of a run out of Redis; workers drop what they hold of it. Of several who do so at a time one does it, and what
 * it leaves undone, another one later.
 * @param member as it stands in the set of runs
 */
export async function removeRun(redis: Redis, member: string, queue?: Queue): Promise<void> {
  const id = runIdOf(member);
  if (id === undefined) {
    await redis.zrem(RUNS, member);
    return;
  }
  // It has ended for everyone who looks, and stays in the set until nothing else is left of it.
  await redis.zadd(RUNS, 'XX', 0, member);
  if ((await redis.set(removerKey(id), '', 'PX', REMOVAL_TIME, 'NX')) === null) return;
  await redis.del(offerKey(id));
  const own = queue ?? (await queueOf(redis, id));
  await own.obliterate({ force: true });
  await redis.del(answersKey(id));
  await redis.zrem(RUNS, member);
  await redis.del(removerKey(id));
  if (queue === undefined) await own.close();
}

/** For a worker that has left a run which is gone: BullMQ's scripts write some keys anew after their removal. */
export async function removeLeftovers(redis: Redis, run: string): Promise<void> {
  await redis.del(['meta', 'events', 'marker', 'stalled-check'].map((type) => `${PREFIX}:${run}:${type}`));
}
