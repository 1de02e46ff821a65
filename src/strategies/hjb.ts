import { z } from 'zod';
import { gridRule } from './grid-rule.ts';
import { defineStrategy } from './strategy.ts';

/**
 * The optimal quotes of the model's Hamilton-Jacobi-Bellman equation (Guéant, Lehalle & Fernandez-Tapia 2013), bounds
 * included.
 */
export const hjb = defineStrategy({
  type: 'hjb',
  summary: 'optimal quotes of the model, from the solved HJB grid',
  params: z.strictObject({}),
  needsGrid: true,
  createRule: (_params, { grid }) => gridRule(grid()),
});
