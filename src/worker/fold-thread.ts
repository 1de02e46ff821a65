import type { Piscina } from 'piscina';
import type { FoldRequest } from '../report/shards/fold-ranges.ts';
import { createPool } from '../simulate/executors/pool.ts';

/** A thread that folds ranges of paths, so that this one goes on renewing its holds meanwhile; begun with the first. */
export class FoldThread {
  #pool: Piscina | undefined;

  /** Columns are in shared memory, and are not copied; they are read until this resolves. */
  async fold(request: FoldRequest): Promise<Buffer> {
    this.#pool ??= createPool('fold-range', 1);
    const bytes: Uint8Array = await this.#pool.run(request);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  async close(): Promise<void> {
    await this.#pool?.destroy();
  }
}
