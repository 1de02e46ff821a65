import { z } from 'zod';
import { positive } from '../../config/fields.ts';
import { exp, log } from '../../util/elementary.ts';
import { type DepthDefinition, defineDepth } from './depth-law.ts';

/**
 * Λ(δ) = 1/(1 + (δ/scale)^exponent) for δ > 0, and 1 at the mid or through it: the power-law fill rate
 * [1 + (κδ)^α]^(−1) of Cartea, Jaimungal & Ricci ("Buy low, sell high", *SIAM J. Financial Math.* 5, 2014), the survival
 * function of a log-logistic depth. Far from the mid it is the B δ^(−α/β) that Avellaneda & Stoikov (2008, section 2.5) find
 * where order sizes and market impact follow power laws.
 */
export const powerLaw: DepthDefinition = defineDepth({
  type: 'power_law',
  summary: 'fill intensity A / (1 + (delta / scale)^exponent); A at the mid and through it',
  params: z.strictObject({
    exponent: positive('exponent of the decay far from the mid', 100).default(2),
    scale: positive('distance that half of the market orders reach, price units; default: 1/k').optional(),
  }),
  pathwise: true,
  createReach: ({ exponent, scale }, { k }) => {
    const unit = scale ?? 1 / k;
    return (distance) => (distance > 0 ? 1 / (1 + exp(exponent * log(distance / unit))) : 1);
  },
  growsThroughMid: false,
});
