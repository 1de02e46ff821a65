/** Worker thread entry points: one block into the shared columns, or what blocks need in shared memory. Nothing is printed. */
import type { ModelParameters } from '../src/config/experiment.ts';
import type { BlockReply, RunBlockRequest } from '../src/simulate/executors/block-reply.ts';
import { type SolvedModel, solveModel } from '../src/simulate/grid-cache.ts';
import { type PrepareCellRequest, type PreparedCellReply, prepareRequest } from '../src/simulate/prepare-request.ts';
import { simulateBlock } from '../src/simulate/simulate-block.ts';
import { checkPolicies } from '../src/strategies/custom/check-policies.ts';

export default async ({ block, begun, place }: RunBlockRequest): Promise<BlockReply> => {
  Atomics.store(new Int32Array(begun), place, 1);
  try {
    return { state: 'done', throughMid: await simulateBlock(block) };
  } catch (error) {
    return { state: 'failed', error };
  }
};

export const check = (plan: Parameters<typeof checkPolicies>[0]): Promise<void> => checkPolicies(plan);

export const solve = (model: ModelParameters): SolvedModel => solveModel(model);

export const prepare = (request: PrepareCellRequest): PreparedCellReply => prepareRequest(request);
