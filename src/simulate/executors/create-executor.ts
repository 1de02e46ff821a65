import type { BlockExecutor } from './executor.ts';
import { createInlineExecutor } from './inline.ts';

/** The executor for a number of worker threads; 0 = the calling thread. */
export async function createExecutor(threads: number): Promise<BlockExecutor> {
  if (threads === 0) return createInlineExecutor();
  // Loaded on demand, so that inline runs and the library's single simulations start without it.
  const { createPiscinaExecutor } = await import('./piscina.ts');
  return createPiscinaExecutor(threads);
}
