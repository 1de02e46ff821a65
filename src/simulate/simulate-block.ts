import type { SimulateBlockRequest } from './block-request.ts';
import { viewPathColumns } from './results-buffer.ts';
import { simulateSteppedBlock } from './stepped-kernel.ts';

/** Computes one block on the calling thread. Throws as the kernel does. */
export function simulateBlock({ cell, firstPath, paths, columns }: SimulateBlockRequest): void {
  simulateSteppedBlock(cell, firstPath, paths, viewPathColumns(columns));
}
