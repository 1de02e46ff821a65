import { z } from 'zod';
import { SUMMARY_COLUMNS } from '../../src/aggregate/metrics/index.ts';
import type { Catalogue } from '../../src/config/catalogue.ts';

/** A small catalogue for the tests of config/. */
export const catalogue: Catalogue = {
  strategies: [
    { type: 'hjb', summary: 'the optimal quotes', params: z.strictObject({}), needsGrid: true },
    {
      type: 'constant',
      summary: 'the same distance on both sides',
      params: z.strictObject({
        half_spread: z.number().min(-1e9).max(1e9).describe('distance from the mid, price units').optional(),
        skew: z.number().default(0).describe('price units per unit'),
      }),
    },
    {
      type: 'custom',
      summary: 'a policy of your own',
      params: z.strictObject({
        module: z.string().min(1).describe('path of the module'),
        params: z.record(z.string(), z.unknown()).default({}).describe('given to the policy'),
      }),
    },
  ],
  midprices: [
    { type: 'brownian', summary: 'arithmetic Brownian motion', params: z.strictObject({}) },
    { type: 'binomial', summary: '±sigma sqrt(dt)', params: z.strictObject({}), schemes: ['stepped'] },
    {
      type: 'ornstein_uhlenbeck',
      summary: 'mean-reverting',
      params: z.strictObject({ kappa: z.number().gt(0).default(1).describe('rate of reversion, 1 / time') }),
    },
  ],
  arrivals: [
    { type: 'poisson', summary: 'at a constant rate', params: z.strictObject({}) },
    { type: 'hawkes', summary: 'self-exciting', params: z.strictObject({}), pathwise: true, randomRate: true },
  ],
  depths: [{ type: 'exponential', summary: 'A exp(-k delta)', params: z.strictObject({}) }],
  schemes: ['stepped', 'event'],
  metrics: SUMMARY_COLUMNS,
};
