import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { type Cell, cellsByScenario } from '../plan/plan.ts';
import { comesFolded } from '../report/shards/fold-ranges.ts';
import { BufferPool } from '../simulate/buffer-pool.ts';
import type { BlockExecutor, BlockLimits } from '../simulate/executors/executor.ts';
import {
  type Answer,
  preparedAnswer,
  type QueuedRequest,
  queuedRequest,
  requestId,
  sendAnswer,
} from '../simulate/executors/queue/answers.ts';
import { mostPackedBytes, packSlots } from '../simulate/executors/queue/compact-slots.ts';
import { LOCK, PREFIX, RANGES_HELD, STALLED_CHECK } from '../simulate/executors/queue/keys.ts';
import { loadQueuePackages } from '../simulate/executors/queue/packages.ts';
import type { PresentRun } from '../simulate/executors/queue/presence.ts';
import { allocatePathColumns } from '../simulate/results-buffer.ts';
import { Slots } from '../simulate/slots.ts';
import { AnswerBuffers } from './answer-buffers.ts';
import type { FoldThread } from './fold-thread.ts';
import type { OpenedRun } from './open-run.ts';
import { PreparedCells } from './prepared-cells.ts';
import { simulateRange } from './simulate-range.ts';

/** Processes that a block may cost before it fails, frozen ones and those at a lost server among them. */
const MOST_LOST = 5;

/** Milliseconds until an answer that the server did not take is sent again. */
const RETRY = 1000;

const UNWANTED = 'the block is not wanted any more';

/** What the runs of a worker share. */
export interface WorkerParts {
  readonly redis: Redis;
  readonly slots: Slots;
  readonly folder: FoldThread;
  /** Blocks of one run that are held at a time. */
  readonly concurrency: number;
  /** A request is taken, and is answered or dropped. */
  readonly onBegin: () => void;
  readonly onEnd: () => void;
}

/** One run that this worker takes blocks of. */
export class ServedRun {
  readonly #run: PresentRun;
  readonly #opened: OpenedRun;
  readonly #executor: BlockExecutor;
  readonly #parts: WorkerParts;
  readonly #pool = new BufferPool();
  readonly #buffers = new AnswerBuffers();
  readonly #cells: PreparedCells;
  readonly #byScenario: ReadonlyMap<number, readonly Cell[]>;
  /** Ranges have all of their paths in memory. */
  readonly #ranges = new Slots(() => RANGES_HELD);
  readonly #unwanted = new AbortController();
  #worker: Worker | undefined;
  /** What a request that is dropped ends with, so that BullMQ leaves it to others. */
  #dropped: Error = new Error(UNWANTED);

  /** @param executor computes on other threads than this one, where locks are renewed */
  constructor(run: PresentRun, opened: OpenedRun, executor: BlockExecutor, parts: WorkerParts) {
    this.#run = run;
    this.#opened = opened;
    this.#executor = executor;
    this.#parts = parts;
    this.#byScenario = cellsByScenario(opened.plan);
    this.#cells = new PreparedCells(async (cell) => {
      if (executor.prepare === undefined) throw new Error('a worker prepares cells on its threads');
      return executor.prepare(cell, this.#pool);
    }, this.#pool);
  }

  /** Begins to take blocks. */
  async start(): Promise<void> {
    const { WaitingError, Worker } = await loadQueuePackages();
    // Neither done nor failed: its lock runs out.
    this.#dropped = new WaitingError(UNWANTED);
    const { redis } = this.#parts;
    const { plan, exportPaths } = this.#opened;
    const [first] = plan.scenarios;
    const concurrency = this.#concurrencyOf(first !== undefined && comesFolded(first, { exportPaths }));
    this.#worker = new Worker(this.#run.id, (job) => this.#process(job), {
      connection: redis,
      prefix: PREFIX,
      concurrency,
      lockDuration: LOCK,
      stalledInterval: STALLED_CHECK,
      // Counted by #process, which answers in words.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      runRetryDelay: STALLED_CHECK,
    });
    // A lost lock is told here too: the block is another worker's then, and the two answers are equal.
    this.#worker.on('error', () => {});
  }

  /** Takes no more blocks, and resolves when those held are answered. */
  async finish(): Promise<void> {
    await this.#worker?.close();
  }

  /** Drops all blocks held: the run is gone, or others shall compute them. */
  async drop(): Promise<void> {
    const closed = this.#worker?.close(true);
    this.#unwanted.abort(this.#dropped);
    await closed;
  }

  /** Requests that are held: other workers shall have those that would only wait here. */
  #concurrencyOf(areRanges: boolean): number {
    const { concurrency } = this.#parts;
    return areRanges ? Math.min(RANGES_HELD, concurrency) : concurrency;
  }

  async #process({ data, stalledCounter }: Job<unknown>): Promise<void> {
    const request = queuedRequest.parse(data);
    if (this.#worker !== undefined) this.#worker.concurrency = this.#concurrencyOf(request.kind === 'range');
    this.#parts.onBegin();
    try {
      const answer = await this.#answer(request, stalledCounter);
      // Before the job ends: one that is gone has been answered.
      await this.#send(answer);
      if (answer.head.state === 'done') this.#buffers.give(answer.data);
    } finally {
      this.#parts.onEnd();
    }
  }

  /** Sends an answer, again and again where the server does not take it: one that is full may have room later. */
  async #send({ head, data }: Answer): Promise<void> {
    const { signal } = this.#unwanted;
    for (;;) {
      signal.throwIfAborted();
      try {
        await sendAnswer(this.#parts.redis, this.#run.id, head, data);
        return;
      } catch {
        // Where it is dropped meanwhile, the loop's beginning says so.
        await sleep(RETRY, undefined, { signal }).catch(() => {});
      }
    }
  }

  async #answer(request: QueuedRequest, timesLost: number): Promise<Answer> {
    const id = requestId(request);
    const failed = (message: string, isLost: boolean): Answer => ({
      head: { state: 'failed', id, message, isLost },
      data: Buffer.alloc(0),
    });
    if (timesLost >= MOST_LOST) {
      return failed(
        `${nameOf(request)}: their worker was lost ${timesLost} times: its process ended or did not answer`,
        true,
      );
    }
    try {
      if (request.kind === 'range') return await this.#fold(request, id);
      const cell = this.#opened.plan.cells[request.cell];
      if (cell === undefined) return failed(`there is no cell ${request.cell}`, false);
      if (request.kind === 'block') return await this.#simulate(cell, request, id);
      return await this.#cells.with(cell, async ({ diagnostics }) => preparedAnswer(id, diagnostics));
    } catch (error) {
      this.#unwanted.signal.throwIfAborted();
      if (!(error instanceof Error)) return failed(String(error), false);
      return failed(error.message, error.name === 'WorkerLostError');
    }
  }

  async #fold({ scenario, ...range }: Extract<QueuedRequest, { kind: 'range' }>, id: string): Promise<Answer> {
    const cells = this.#byScenario.get(scenario);
    if (cells === undefined) throw new Error(`there is no scenario ${scenario}`);
    const { slots, folder } = this.#parts;
    const limits = this.#limits();
    const executor: BlockExecutor = {
      capacity: this.#executor.capacity,
      run: async (block) => {
        await slots.take();
        return this.#executor.run(block, limits).finally(() => slots.give());
      },
      close: async () => {},
    };
    await this.#ranges.take();
    try {
      const data = await simulateRange(cells, range, executor, this.#cells, folder, this.#unwanted.signal);
      return { head: { state: 'folded', id }, data };
    } finally {
      this.#ranges.give();
    }
  }

  #limits(): BlockLimits {
    const { timeLimit } = this.#opened.offer;
    return { signal: this.#unwanted.signal, ...(timeLimit === undefined ? {} : { timeLimit }) };
  }

  #simulate(cell: Cell, block: Extract<QueuedRequest, { kind: 'block' }>, id: string): Promise<Answer> {
    const { firstPath, paths } = block;
    const { slots } = this.#parts;
    return this.#cells.with(cell, async ({ request, columns: choice }) => {
      const columns = allocatePathColumns(paths, choice, this.#pool, firstPath);
      await slots.take();
      try {
        const throughMid = await this.#executor.run({ cell: request, firstPath, paths, columns }, this.#limits());
        const data = this.#buffers.take(mostPackedBytes(columns, paths));
        return { head: { state: 'done', id, throughMid }, data: data.subarray(0, packSlots(columns, paths, data)) };
      } finally {
        slots.give();
        this.#pool.give(columns);
      }
    });
  }
}

function nameOf(request: QueuedRequest): string {
  if (request.kind === 'prepare') return 'its preparation';
  const { firstPath, paths } = request;
  return `paths ${firstPath} to ${firstPath + paths - 1}`;
}
