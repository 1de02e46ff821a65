import type { BlockExecutor } from './executor.ts';
import { createInlineExecutor } from './inline.ts';

/** Seconds that a block, some milliseconds of work by its estimate, may take on a worker. */
const TIME_LIMIT = 120;

/**
 * The executor for a number of worker threads; 0 = the calling thread.
 * @param timeLimit seconds that a block may take on a worker thread; the calling thread cannot be stopped
 */
export async function createExecutor(threads: number, timeLimit = TIME_LIMIT): Promise<BlockExecutor> {
  if (threads === 0) return createInlineExecutor();
  // Loaded on demand, so that inline runs and the library's single simulations start without it.
  const { createPiscinaExecutor } = await import('./piscina.ts');
  return createPiscinaExecutor(threads, timeLimit);
}
