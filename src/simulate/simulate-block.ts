import { walkPortfolioBlock } from './assets/portfolio-block.ts';
import type { SimulateBlockRequest } from './block-request.ts';
import { simulateEventBlock } from './event/event-kernel.ts';
import { viewPathColumns } from './results-buffer.ts';
import { simulateSteppedBlock } from './stepped/stepped-kernel.ts';
import { walkBlock } from './walk/walk-block.ts';

/** Computes one block on the calling thread. Rejects as the kernels throw. */
export async function simulateBlock({ cell, firstPath, paths, columns }: SimulateBlockRequest): Promise<void> {
  const slots = viewPathColumns(columns);
  if (cell.scheme === 'event') simulateEventBlock(cell, firstPath, paths, slots);
  else if (cell.scheme === 'portfolio') await walkPortfolioBlock(cell, firstPath, paths, slots);
  else if (cell.scheme === 'walk') await walkBlock(cell, firstPath, paths, slots);
  else simulateSteppedBlock(cell, firstPath, paths, slots);
}
