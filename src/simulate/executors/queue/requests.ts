import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { type Answer, type QueuedRequest, requestId } from './answers.ts';

/** Milliseconds after which it is looked whether a request is still in the queue. */
const LOOK_AFTER = 5000;

interface Outstanding {
  readonly request: QueuedRequest;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  lookAt: number;
  isMissing: boolean;
}

/** A worker was lost with a block, each time; other blocks of the cell would fare no better. */
class RemoteWorkerLostError extends Error {
  override readonly name = 'WorkerLostError';
}

/** The requests of a run that have no answer yet. Each has one in the end, whatever becomes of workers and server. */
export class Requests {
  readonly #queue: Queue;
  readonly #note: (line: string) => void;
  readonly #outstanding = new Map<string, Outstanding>();
  #isClosed = false;
  #failure: string | undefined;

  constructor(queue: Queue, note: (line: string) => void) {
    this.#queue = queue;
    this.#note = note;
  }

  get count(): number {
    return this.#outstanding.size;
  }

  /** Puts a request into the queue; rejects where a worker answers that it fails. */
  async ask(request: QueuedRequest): Promise<Answer> {
    const id = requestId(request);
    return new Promise((resolve, reject) => {
      const lookAt = performance.now() + LOOK_AFTER;
      this.#outstanding.set(id, { request, resolve, reject, lookAt, isMissing: false });
      void this.#put(id, request);
    });
  }

  /** Settles the request that an answer is to. An answer that comes twice is dropped: the two are equal. */
  settle({ head, data }: Answer): void {
    if (head.state === 'refused') return;
    const known = this.#outstanding.get(head.id);
    if (known === undefined) return;
    this.#outstanding.delete(head.id);
    if (head.state !== 'failed') known.resolve({ head, data });
    else if (head.isLost) this.#giveUp(known, new RemoteWorkerLostError(head.message));
    else known.reject(new Error(head.message));
  }

  /**
   * Looks for requests whose jobs are gone without an answer, as after the loss of a server that stored nothing, and puts them
   * again; requests whose jobs failed are told so. Rejects where the server cannot be asked.
   */
  async look(redis: Redis): Promise<void> {
    const now = performance.now();
    const due = [...this.#outstanding].filter(([, { lookAt }]) => lookAt <= now);
    await Promise.all(
      due.map(async ([id, known]) => {
        known.lookAt = now + LOOK_AFTER;
        const [stamp, finished, reason] = await redis.hmget(
          this.#queue.toKey(id),
          'timestamp',
          'finishedOn',
          'failedReason',
        );
        // Answered meanwhile.
        if (this.#outstanding.get(id) !== known) return;
        if (stamp === null) {
          // Its answer may be on the way still: seen to be missing twice, it is lost.
          if (known.isMissing) await this.#put(id, known.request);
          known.isMissing = !known.isMissing;
        } else if (finished !== null && reason !== null) {
          this.#outstanding.delete(id);
          known.reject(new Error(reason));
        }
      }),
    );
  }

  /** Drops all requests; their promises stay as they are. */
  close(): void {
    this.#isClosed = true;
    this.#outstanding.clear();
  }

  async #put(id: string, request: QueuedRequest): Promise<void> {
    try {
      await this.#queue.add(request.kind, request, { jobId: id, removeOnComplete: true });
      this.#failure = undefined;
    } catch (error) {
      // A server that is full, say. The request is found missing, and is put again.
      const message = error instanceof Error ? error.message : String(error);
      if (this.#isClosed || this.#failure === message) return;
      this.#failure = message;
      this.#note(`the queue does not take a block: ${message}; trying again`);
    }
  }

  /** Lets all blocks of a cell, or ranges of a scenario, fail with one that has cost its workers. */
  #giveUp(first: Outstanding, error: Error): void {
    first.reject(error);
    for (const [id, { request, reject }] of this.#outstanding) {
      if (!isOfSame(request, first.request)) continue;
      this.#outstanding.delete(id);
      reject(error);
      // One that is being computed cannot be removed, and its answer is dropped.
      this.#queue.remove(id).catch(() => {});
    }
  }
}

function isOfSame(one: QueuedRequest, other: QueuedRequest): boolean {
  if (one.kind === 'range') return other.kind === 'range' && one.scenario === other.scenario;
  return one.kind === other.kind && one.cell === other.cell;
}
