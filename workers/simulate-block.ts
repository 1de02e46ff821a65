/** Worker thread entry point: computes one block into the shared columns. Nothing is returned or printed. */
import type { SimulateBlockRequest } from '../src/simulate/block-request.ts';
import { simulateBlock } from '../src/simulate/simulate-block.ts';

export default (request: SimulateBlockRequest): Promise<void> => simulateBlock(request);
