import type { z } from 'zod';
import type { OwnSteps } from '../../config/catalogue.ts';
import type { SimulatorParameters } from '../../config/experiment.ts';
import type { MidpriceContext, MidpriceDefinition, MidpriceProcess } from './increments.ts';

/**
 * Ties a parameter schema to the function that uses its values, for a midprice that is walked along its path.
 * `createProcess` throws ZodError where its parameters do not fit `params`.
 */
export function defineMidprice<P extends z.ZodObject>(definition: {
  readonly type: string;
  readonly summary: string;
  readonly params: P;
  readonly correlates?: boolean;
  readonly ownSteps?: (params: z.output<P>, market: Pick<SimulatorParameters, 'T' | 'dt'>) => OwnSteps;
  readonly createProcess: (params: z.output<P>, context: MidpriceContext) => MidpriceProcess;
}): MidpriceDefinition {
  const { ownSteps, ...rest } = definition;
  return {
    ...rest,
    ...(ownSteps && { ownSteps: (params, market) => ownSteps(definition.params.parse(params), market) }),
    createProcess: (params, context) => definition.createProcess(definition.params.parse(params), context),
  };
}
