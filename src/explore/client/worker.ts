/** The script of the explore page's workers: one strategy each, until it is done or the page has moved on. */
import { explore } from '../compute.ts';
import type { ExploreRequest, ExploreResult } from '../messages.ts';

// A page that is opened from a file has no shared memory. Here nobody shares the solver's grid, and memory of one thread does.
if (typeof SharedArrayBuffer === 'undefined') Object.assign(globalThis, { SharedArrayBuffer: ArrayBuffer });

function tell(result: ExploreResult): void {
  globalThis.postMessage(result);
}

globalThis.onmessage = ({ data }: MessageEvent<ExploreRequest>) => {
  try {
    for (const result of explore(data)) tell(result);
  } catch (error) {
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
};
