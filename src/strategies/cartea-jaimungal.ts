import { z } from 'zod';
import { gridRule } from './grid-rule.ts';
import { defineStrategy } from './strategy.ts';

const penalty = z.number().min(0).max(1e12).optional();

/**
 * The optimal quotes of a risk-neutral maker who pays for inventory by a running and a terminal penalty (Cartea, Jaimungal &
 * Penalva 2015, section 10.2): the HJB equation at γ = 0 on a grid of its own.
 */
export const carteaJaimungal = defineStrategy({
  type: 'cartea_jaimungal',
  summary: 'optimal quotes of a risk-neutral maker with inventory penalties (Cartea, Jaimungal & Penalva 2015)',
  params: z.strictObject({
    running: penalty.describe(
      'running penalty zeta q^2, price units per unit^2 and unit of time; default: model.running',
    ),
    phi: penalty.describe('terminal cost phi q^2, price units per unit^2; default: model.phi'),
  }),
  needsGrid: true,
  believes: ({ running, phi }, model) => ({
    ...model,
    gamma: 0,
    running: running ?? model.running,
    phi: phi ?? model.phi,
  }),
  createRule: (_params, { grid }) => gridRule(grid()),
});
