import type { SimulateBlockRequest } from './block-request.ts';
import { simulateEventBlock } from './event/event-kernel.ts';
import { viewPathColumns } from './results-buffer.ts';
import { simulateSteppedBlock } from './stepped/stepped-kernel.ts';

/** Computes one block on the calling thread. Throws as the kernels do. */
export function simulateBlock({ cell, firstPath, paths, columns }: SimulateBlockRequest): void {
  const slots = viewPathColumns(columns);
  if (cell.scheme === 'event') simulateEventBlock(cell, firstPath, paths, slots);
  else simulateSteppedBlock(cell, firstPath, paths, slots);
}
