import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';

/**
 * A fixed number of threads that run an entry point; one that is lost is replaced, and its task rejects.
 * @param entry a file of workers/, without its extension
 */
export function createPool(entry: string, threads: number): Piscina {
  const pool = new Piscina({
    filename: fileURLToPath(new URL(`../../../workers/${entry}.js`, import.meta.url)),
    // Piscina's own defaults are 1.5 threads a core and an end to every idle one.
    minThreads: threads,
    maxThreads: threads,
    idleTimeout: Number.POSITIVE_INFINITY,
  });
  // A worker that is lost between two tasks costs nothing; the pool has replaced it.
  pool.on('error', () => {});
  return pool;
}
