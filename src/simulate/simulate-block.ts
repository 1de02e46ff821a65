import { walkPortfolioBlock } from './assets/portfolio-block.ts';
import type { SimulateBlockRequest } from './block-request.ts';
import { simulateEventBlock } from './event/event-kernel.ts';
import { simulateFillColumns } from './fill-columns.ts';
import { viewPathColumns } from './results-buffer.ts';
import { simulateSteppedBlock } from './stepped/stepped-kernel.ts';
import { walkBlock } from './walk/walk-block.ts';

/**
 * Computes one block on the calling thread; resolves with what it adds to the columns' count of saturated quotes. Rejects as the
 * kernels throw.
 */
export async function simulateBlock({ cell, firstPath, paths, columns }: SimulateBlockRequest): Promise<number> {
  const shared = viewPathColumns(columns);
  // Counted apart, since other blocks add to the shared count at the same time.
  const counted = new Int32Array(1);
  const slots = { ...shared, saturatedQuotes: counted };
  if (cell.scheme === 'event') simulateEventBlock(cell, firstPath, paths, slots);
  else if (cell.scheme === 'portfolio') await walkPortfolioBlock(cell, firstPath, paths, slots);
  else if (cell.scheme === 'walk') await walkBlock(cell, firstPath, paths, slots);
  else if (cell.scheme === 'stepped') simulateSteppedBlock(cell, firstPath, paths, slots);
  else throw new Error(`cell ${cell.index} is not prepared here`);
  if (cell.scheme === 'event' || cell.scheme === 'stepped') simulateFillColumns(cell, firstPath, paths, slots);
  const [count = 0] = counted;
  if (count > 0 && shared.saturatedQuotes !== undefined) Atomics.add(shared.saturatedQuotes, 0, count);
  return count;
}
