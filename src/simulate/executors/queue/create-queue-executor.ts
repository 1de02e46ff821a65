import { randomUUID } from 'node:crypto';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { BLOCK_WORK } from '../../../plan/blocks.ts';
import type { Cell } from '../../../plan/plan.ts';
import { ConnectionError } from '../../../util/errors.ts';
import { version } from '../../../util/version.ts';
import type { SimulateBlockRequest } from '../../block-request.ts';
import { columnsOf, type PreparedCell } from '../../prepare-cell.ts';
import { viewPathColumns } from '../../results-buffer.ts';
import type { BlockExecutor } from '../executor.ts';
import { type Answer, diagnosticsOf, readAnswer } from './answers.ts';
import { unpackSlots } from './compact-slots.ts';
import type { RedisLink } from './connection.ts';
import { Crew } from './crew.ts';
import { answersKey, RANGES_HELD, RUN_BEAT } from './keys.ts';
import type { RunOffer } from './offer.ts';
import { type PresentRun, signRun } from './presence.ts';
import { queueOf, removeRun } from './remove-run.ts';
import { Requests } from './requests.ts';

/** Blocks of more than 50 ms, against 1 ms or so that a block costs on its way; larger where many workers take them. */
const LEAST_WORK = 32 * BLOCK_WORK;
const MOST_WORK = 8 * LEAST_WORK;
/** Workers at which blocks begin to grow: about so many times 15 blocks a second go through one coordinator. */
const FEW = 32;
/** Blocks and ranges that wait for a worker that joins, and the most in flight. */
const SPARE = 16;
const FEW_RANGES = 4;
const MOST_IN_FLIGHT = 2048;
/** Milliseconds that the removal of a finished run may take. */
const CLOSE_TIMEOUT = 5000;
/** Answers that are read at once, and milliseconds that a read waits for the first. */
const READ_COUNT = 16;
const READ_WAIT = 1000;

/**
 * Has blocks computed by the `mm-batch worker` processes at a Redis server. They may come and go; a block whose worker has gone is
 * computed by another one. Throws ConnectionError where the server does not take the run.
 */
export async function createQueueExecutor(
  link: RedisLink,
  offer: RunOffer,
  note: (line: string) => void,
): Promise<BlockExecutor> {
  const { redis, address } = link;
  const run: PresentRun = { id: randomUUID(), version, name: offer.name, host: os.hostname(), pid: process.pid };
  const queue = await queueOf(redis, run.id);
  const requests = new Requests(queue, note);
  const crew = new Crew(address, note);
  const member = JSON.stringify(run);
  const offered = JSON.stringify(offer);
  const reader = redis.duplicate();
  reader.on('error', () => {});
  const closing = new AbortController();

  const look = async (): Promise<void> => {
    const { workers, deadRuns } = await signRun(redis, run, offered);
    crew.see(workers, requests.count > 0);
    for (const dead of deadRuns) await removeRun(redis, dead);
    await requests.look(redis);
  };
  const take = (answer: Answer | undefined): void => {
    if (answer === undefined) return;
    if (answer.head.state === 'refused') crew.refuse(answer.head.worker, answer.head.reason);
    else requests.settle(answer);
  };
  await look().catch(async (error: unknown) => {
    reader.disconnect();
    await queue.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConnectionError(`${address}: takes no run: ${reason}`, { cause: error });
  });
  const loops = [
    repeat(look, RUN_BEAT, closing.signal),
    repeat(() => readAnswers(reader, redis, answersKey(run.id), take), 0, closing.signal),
  ];

  return {
    get capacity() {
      return Math.min(MOST_IN_FLIGHT, SPARE + 2 * crew.concurrency);
    },
    get blockWork() {
      return Math.min(MOST_WORK, LEAST_WORK * Math.max(1, crew.concurrency / FEW));
    },
    async run({ cell, firstPath, paths, columns }: SimulateBlockRequest) {
      if (cell.scheme !== 'remote') throw new Error('a cell of a queue is prepared by its workers');
      const { head, data } = await requests.ask({ kind: 'block', cell: cell.index, firstPath, paths });
      if (head.state !== 'done') throw new Error(`an answer of the wrong kind: ${head.state}`);
      const view = viewPathColumns(columns);
      unpackSlots(columns, firstPath - view.firstPath, paths, data);
      if (view.saturatedQuotes !== undefined) Atomics.add(view.saturatedQuotes, 0, head.throughMid);
      return head.throughMid;
    },
    async prepare(cell: Cell): Promise<PreparedCell> {
      const { head, data } = await requests.ask({ kind: 'prepare', cell: cell.index });
      if (head.state !== 'prepared') throw new Error(`an answer of the wrong kind: ${head.state}`);
      return {
        request: { scheme: 'remote', index: cell.index },
        table: undefined,
        columns: columnsOf(cell),
        diagnostics: diagnosticsOf(head, data),
      };
    },
    ranges: {
      get workers() {
        return crew.count;
      },
      get capacity() {
        return Math.min(MOST_IN_FLIGHT, FEW_RANGES + 2 * RANGES_HELD * crew.count);
      },
      async run(scenario, { firstPath, paths }) {
        const { head, data } = await requests.ask({ kind: 'range', scenario, firstPath, paths });
        if (head.state !== 'folded') throw new Error(`an answer of the wrong kind: ${head.state}`);
        return data;
      },
    },
    async close() {
      closing.abort();
      requests.close();
      reader.disconnect();
      // A server that is away must not hold up the end; workers and later runs clean up after this one.
      const removed = removal(redis, member, queue, loops);
      await Promise.race([removed, sleep(CLOSE_TIMEOUT, undefined, { ref: false })]);
    },
  };
}

async function removal(redis: Redis, member: string, queue: Queue, loops: readonly Promise<void>[]): Promise<void> {
  try {
    await Promise.all(loops);
    await removeRun(redis, member, queue);
    await queue.close();
  } catch {
    // Its signs of life end, which has the same effect later.
  }
}

/** Does something again and again until the signal is aborted; what fails is tried again a beat later. */
async function repeat(action: () => Promise<void>, interval: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await action();
      if (interval > 0) await sleep(interval, undefined, { signal });
    } catch {
      // The link tells of a lost connection, and commands that wait for it fail at its end only.
      if (!signal.aborted) await sleep(RUN_BEAT, undefined, { signal }).catch(() => {});
    }
  }
}

const NO_ENTRIES: readonly [Buffer, Buffer[]][] = [];

/** Reads what is in a stream, or waits a while for it, and takes it out. */
async function readAnswers(
  reader: Redis,
  redis: Redis,
  key: string,
  take: (answer: Answer | undefined) => void,
): Promise<void> {
  // From the beginning: what was read is no longer there.
  const found = await reader.xreadBuffer('COUNT', READ_COUNT, 'BLOCK', READ_WAIT, 'STREAMS', key, '0');
  const entries = found?.[0]?.[1] ?? NO_ENTRIES;
  for (const [, fields] of entries) take(readAnswer(fields));
  if (entries.length > 0) await redis.xdel(key, ...entries.map(([id]) => id));
}
