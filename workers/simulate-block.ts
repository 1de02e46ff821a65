/** Worker thread entry points: one block into the shared columns, or what blocks need in shared memory. Nothing is printed. */
import type { ModelParameters } from '../src/config/experiment.ts';
import type { SimulateBlockRequest } from '../src/simulate/block-request.ts';
import { type SolvedModel, solveModel } from '../src/simulate/grid-cache.ts';
import { type PrepareCellRequest, type PreparedCellReply, prepareRequest } from '../src/simulate/prepare-request.ts';
import { simulateBlock } from '../src/simulate/simulate-block.ts';

export default (request: SimulateBlockRequest): Promise<number> => simulateBlock(request);

export const solve = (model: ModelParameters): SolvedModel => solveModel(model);

export const prepare = (request: PrepareCellRequest): PreparedCellReply => prepareRequest(request);
