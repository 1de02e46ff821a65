/** A worker of the queue: computes blocks of whatever runs there are, until it is stopped. */
import { randomUUID } from 'node:crypto';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { createExecutor } from '../simulate/executors/create-executor.ts';
import type { BlockExecutor } from '../simulate/executors/executor.ts';
import { sendAnswer } from '../simulate/executors/queue/answers.ts';
import { connectRedis, type RedisLink } from '../simulate/executors/queue/connection.ts';
import { nameOf } from '../simulate/executors/queue/crew.ts';
import { offerKey, WORKER_BEAT } from '../simulate/executors/queue/keys.ts';
import { leaveWorker, type PresentRun, type PresentWorker, signWorker } from '../simulate/executors/queue/presence.ts';
import { removeLeftovers, removeRun } from '../simulate/executors/queue/remove-run.ts';
import { Slots } from '../simulate/slots.ts';
import { formatCount } from '../util/format.ts';
import { version } from '../util/version.ts';
import { FoldThread } from './fold-thread.ts';
import { openRun } from './open-run.ts';
import { ServedRun, type WorkerParts } from './served-run.ts';

export interface WorkerOptions {
  /** URL of the server. */
  readonly redis: string;
  readonly threads: number;
  /** Blocks of a run held at a time; twice the threads by default, so that none waits for the server. */
  readonly concurrency?: number | undefined;
  /** Stands for the folder of the experiment files. */
  readonly codeDir?: string | undefined;
  /** Seconds without work after which the worker ends; never by default. */
  readonly exitWhenIdle?: number | undefined;
  /** Asks the worker to finish what it holds and to end. */
  readonly signal: AbortSignal;
  /** Lines for the user. */
  readonly say: (line: string) => void;
}

/** Milliseconds in which blocks that are held may be finished at the end; what is left is another worker's. */
const GRACE = 10_000;
/** Milliseconds for dropping the rest; a server that is away must not hold up the end. */
const LEAVE = 5000;

/**
 * Takes blocks of all runs at a server and computes them on threads of its own.
 * @throws ConfigError and ConnectionError as `connectRedis` does
 */
export async function serveRuns(options: WorkerOptions): Promise<void> {
  const { threads, signal, say, exitWhenIdle = Number.POSITIVE_INFINITY } = options;
  const link = await connectRedis(options.redis, say);
  const worker = new QueueWorker(link, options);
  say(
    `worker ${worker.name}: ${formatCount(threads)} ${threads === 1 ? 'thread' : 'threads'}, waiting for runs at ${link.address}`,
  );
  // A server that is away must not hold up the end.
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  try {
    let trouble = '';
    while (!signal.aborted && worker.idleSeconds() < exitWhenIdle) {
      try {
        await Promise.race([worker.look(), stopped]);
        trouble = '';
      } catch (error) {
        // A server that is full, say: told once, and tried again.
        const reason = error instanceof Error ? error.message : String(error);
        if (reason !== trouble) say(`${link.address}: ${reason}; trying again`);
        trouble = reason;
      }
      await sleep(WORKER_BEAT, undefined, { signal }).catch(() => {});
    }
  } finally {
    await worker.close();
  }
}

class QueueWorker {
  readonly name: string;
  readonly #link: RedisLink;
  readonly #options: WorkerOptions;
  readonly #me: PresentWorker;
  readonly #parts: WorkerParts;
  /** Those that are taken part in, and those that are not, by id. */
  readonly #runs = new Map<string, Membership>();
  /** Shared by runs without modules of their own: a thread never forgets a module that it has loaded. */
  #threads: Promise<BlockExecutor> | undefined;
  /** Requests that are held. */
  #busy = 0;
  #lastWork = performance.now();

  constructor(link: RedisLink, options: WorkerOptions) {
    const { threads, concurrency = 2 * threads } = options;
    this.#link = link;
    this.#options = options;
    this.#me = { id: randomUUID(), version, host: os.hostname(), pid: process.pid, concurrency };
    this.name = nameOf(this.#me);
    this.#parts = {
      redis: link.redis,
      slots: new Slots(() => concurrency),
      folder: new FoldThread(),
      concurrency,
      onBegin: () => {
        this.#busy++;
      },
      onEnd: () => {
        this.#busy--;
        this.#lastWork = performance.now();
      },
    };
  }

  idleSeconds(): number {
    return this.#busy > 0 ? 0 : (performance.now() - this.#lastWork) / 1000;
  }

  /** Gives a sign of life, joins runs that have come and leaves those that have gone. */
  async look(): Promise<void> {
    const { redis } = this.#link;
    const { runs, deadRuns } = await signWorker(redis, this.#me);
    for (const run of runs) {
      if (this.#runs.has(run.id)) continue;
      const membership = await this.#join(run);
      if (membership !== undefined) this.#runs.set(run.id, membership);
    }
    for (const [id, membership] of this.#runs) {
      if (runs.some((run) => run.id === id)) continue;
      this.#runs.delete(id);
      await membership.leave();
      await removeLeftovers(redis, id);
    }
    for (const dead of deadRuns) await removeRun(redis, dead);
  }

  /** Finishes what is held, or drops it where that takes too long, and ends the connection. */
  async close(): Promise<void> {
    const memberships = [...this.#runs.values()];
    await within(GRACE, Promise.all(memberships.map((membership) => membership.finish())));
    await within(WORKER_BEAT, leaveWorker(this.#link.redis, this.#me));
    await within(LEAVE, Promise.all(memberships.map((membership) => membership.leave())));
    this.#link.close();
    await this.#parts.folder.close();
    await (await this.#threads)?.close();
  }

  /** Undefined where there is nothing to join yet. */
  async #join(run: PresentRun): Promise<Membership | undefined> {
    const { say, codeDir, threads } = this.#options;
    const title = `run ${run.name} of ${nameOf(run)}`;
    if (run.version !== version) {
      say(
        `${title} is of mm-batch ${run.version} and this worker of ${version}: it takes none of its blocks (install the same ` +
          'version on both)',
      );
      return STRANGER;
    }
    const { redis } = this.#link;
    const offer = await redis.get(offerKey(run.id));
    // A run is listed a moment before its offer is there, and after it is gone.
    if (offer === null) return undefined;
    let own: BlockExecutor | undefined;
    try {
      const opened = openRun(offer, codeDir);
      const custom = opened.plan.cells.filter(({ strategy }) => strategy.source !== undefined);
      if (custom.length > 0) own = await createExecutor(threads);
      await own?.check?.(custom);
      this.#threads ??= createExecutor(threads);
      const served = new ServedRun(run, opened, own ?? (await this.#threads), this.#parts);
      await served.start();
      say(`${title}: taking its blocks`);
      return new Part(served, own, () => say(`${title}: has ended`));
    } catch (error) {
      await own?.close();
      const reason = error instanceof Error ? error.message : String(error);
      say(`${title}: this worker takes none of its blocks: ${reason}`);
      await sendAnswer(redis, run.id, { state: 'refused', worker: this.#me.id, reason });
      return STRANGER;
    }
  }
}

/** Waits for something, but not longer than so many milliseconds. */
async function within(time: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, sleep(time, undefined, { ref: false })]);
}

interface Membership {
  /** Takes no more blocks and finishes those held. */
  finish(): Promise<void>;
  /** Drops everything. */
  leave(): Promise<void>;
}

/** A run that this worker has no part in. */
const STRANGER: Membership = { finish: async () => {}, leave: async () => {} };

class Part implements Membership {
  readonly #served: ServedRun;
  readonly #own: BlockExecutor | undefined;
  readonly #onEnd: () => void;

  /** @param own threads of the run alone, which end with it */
  constructor(served: ServedRun, own: BlockExecutor | undefined, onEnd: () => void) {
    this.#served = served;
    this.#own = own;
    this.#onEnd = onEnd;
  }

  finish(): Promise<void> {
    return this.#served.finish();
  }

  async leave(): Promise<void> {
    await this.#served.drop();
    await this.#own?.close();
    this.#onEnd();
  }
}
