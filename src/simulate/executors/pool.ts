import path from 'node:path';
import { Piscina } from 'piscina';
import { packageRoot } from '../../util/package-root.ts';

/**
 * A fixed number of threads that run an entry point; one that is lost is replaced, and its task rejects.
 * @param entry a file of workers/, without its extension; threads run what the build made of it
 */
export function createPool(entry: string, threads: number): Piscina {
  const pool = new Piscina({
    filename: path.join(packageRoot, 'dist', 'workers', `${entry}.js`),
    // Piscina's own defaults are 1.5 threads a core and an end to every idle one.
    minThreads: threads,
    maxThreads: threads,
    idleTimeout: Number.POSITIVE_INFINITY,
  });
  // A worker that is lost between two tasks costs nothing; the pool has replaced it.
  pool.on('error', () => {});
  return pool;
}
