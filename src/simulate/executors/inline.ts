import { setImmediate } from 'node:timers/promises';
import { simulateBlock } from '../simulate-block.ts';
import type { BlockExecutor } from './executor.ts';

/** Computes blocks on the main thread, one at a time: `--workers 0`, for debugging and small runs. */
export function createInlineExecutor(): BlockExecutor {
  return {
    capacity: 1,
    async run(request) {
      // Lets signals and the progress display in between blocks.
      await setImmediate();
      return simulateBlock(request);
    },
    async close() {},
  };
}
