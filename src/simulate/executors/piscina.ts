import { formatCount } from '../../util/format.ts';
import type { SimulateBlockRequest, SimulatedCell } from '../block-request.ts';
import { prepareOnThreads } from '../prepare-on-threads.ts';
import type { BlockReply, RunBlockRequest } from './block-reply.ts';
import type { BlockExecutor, BlockLimits } from './executor.ts';
import { createPool } from './pool.ts';
import { Watchdog } from './watchdog.ts';

/** Attempts at a block whose worker is lost, and at one that takes too long, which is hardly ever by chance. */
const ATTEMPTS = { lost: 3, late: 2 } as const;

/** A block could not be computed, whatever it was about: its worker was lost each time. */
class WorkerLostError extends Error {
  override readonly name = 'WorkerLostError';
}

/**
 * Computes blocks on a fixed pool of worker threads. A worker that crashes, runs out of memory or hangs is replaced and its
 * block computed anew, a few times; then the block rejects.
 * @param defaultLimit seconds that a block may take
 */
export function createPiscinaExecutor(threads: number, defaultLimit: number): BlockExecutor {
  const pool = createPool('simulate-block', threads);
  // Two blocks queued behind each running one: a thread never waits for the main one.
  const capacity = 3 * threads;
  const watchdog = new Watchdog(capacity);
  /** Cells with a block that was given up: the others would only take as long. */
  const givenUp = new WeakMap<SimulatedCell, Error>();

  const attempt = async (
    block: SimulateBlockRequest,
    { timeLimit = defaultLimit, signal: unwanted }: BlockLimits,
  ): Promise<BlockReply | { state: 'lost' | 'late'; why: string }> => {
    const { signal: late, done, ...place } = watchdog.watch(block.cell, timeLimit);
    const signal = unwanted === undefined ? late : AbortSignal.any([late, unwanted]);
    const request: RunBlockRequest = { block, ...place };
    try {
      return await pool.run(request, { signal });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { state: late.aborted ? 'late' : 'lost', why };
    } finally {
      done();
    }
  };

  return {
    capacity,
    async run(block, limits = {}) {
      const times = { lost: 0, late: 0 };
      for (;;) {
        limits.signal?.throwIfAborted();
        const known = givenUp.get(block.cell);
        if (known !== undefined) throw known;
        const reply = await attempt(block, limits);
        if (reply.state === 'done') return reply.throughMid;
        if (reply.state === 'failed') throw reply.error;
        limits.signal?.throwIfAborted();
        times[reply.state]++;
        if (times[reply.state] < ATTEMPTS[reply.state]) continue;
        const which = `paths ${block.firstPath} to ${block.firstPath + block.paths - 1}`;
        const error = new WorkerLostError(
          reply.state === 'late'
            ? `${which} took longer than ${formatCount(limits.timeLimit ?? defaultLimit)} s, ${times.late} times (--time-limit; does a policy loop for ever?)`
            : `${which}: their worker was lost ${times.lost} times: ${reply.why}`,
        );
        givenUp.set(block.cell, error);
        watchdog.abandon(block.cell);
        throw error;
      }
    },
    prepare: prepareOnThreads({
      solve: (model) => pool.run(model, { name: 'solve' }),
      prepare: (request) => pool.run(request, { name: 'prepare' }),
    }),
    async check(cells) {
      // A message holds what is looked at alone, and each strategy once.
      const strategies = new Map(cells.map(({ strategy }) => [JSON.stringify(strategy), { strategy }]));
      await pool.run({ cells: [...strategies.values()] }, { name: 'check' });
    },
    async close() {
      watchdog.close();
      await pool.destroy();
    },
  };
}
