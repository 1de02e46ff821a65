import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { BlockExecutor } from './executor.ts';

/** Computes blocks on a fixed pool of worker threads. */
export function createPiscinaExecutor(threads: number): BlockExecutor {
  const pool = new Piscina({
    filename: fileURLToPath(new URL('../../../workers/simulate-block.js', import.meta.url)),
    // Piscina's own defaults are 1.5 threads a core and an end to every idle one.
    minThreads: threads,
    maxThreads: threads,
    idleTimeout: Number.POSITIVE_INFINITY,
  });
  return {
    // Two blocks queued behind each running one: a thread never waits for the main one.
    capacity: 3 * threads,
    run: (request) => pool.run(request),
    preparation: {
      solve: (model) => pool.run(model, { name: 'solve' }),
      prepare: (request) => pool.run(request, { name: 'prepare' }),
    },
    close: () => pool.destroy(),
  };
}
