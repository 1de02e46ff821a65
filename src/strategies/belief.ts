import type { ModelParameters } from '../config/experiment.ts';
import { type Cell, modelOf } from '../plan/plan.ts';
import { strategies } from './index.ts';

/**
 * The model that a cell's strategy pursues: the configured one, as the strategy's parameters change it. Its gamma, phi and
 * running define the strategy's certainty equivalent.
 */
export function beliefOf(cell: Pick<Cell, 'scenario' | 'strategy'>): ModelParameters {
  const { type, params } = cell.strategy;
  const configured = modelOf(cell);
  return strategies.find((definition) => definition.type === type)?.believes?.(params, configured) ?? configured;
}
