import { z } from 'zod';
import { clampToBounds, glftSkew, optimalMyopicHalfSpread } from '../solve/closed-forms.ts';
import { halfSpread } from './params.ts';
import { defineStrategy } from './strategy.ts';

/**
 * Quotes shifted linearly in the inventory: δb = h + skew q, δa = h − skew q, the shape of the asymptotic quotes of
 * Guéant, Lehalle & Fernandez-Tapia (2013), whose slope is the default skew. Unless both parameters are written, the
 * distances are kept within the quote bounds.
 */
export const inventoryAware = defineStrategy({
  type: 'inventory_aware',
  summary: 'quotes shifted linearly against the inventory',
  params: z.strictObject({
    half_spread: halfSpread.describe(
      'distance of both quotes at zero inventory, price units; default: (1/gamma) ln(1 + gamma/k) within the quote bounds',
    ),
    skew: z
      .number()
      .min(-1e9)
      .max(1e9)
      .optional()
      .describe('shift of both quotes for each unit of inventory, price units; default: the GLFT asymptotic slope'),
  }),
  createRule: (params, { model }) => {
    const half = params.half_spread ?? clampToBounds(model, optimalMyopicHalfSpread(model));
    const skew = params.skew ?? glftSkew(model);
    if (!Number.isFinite(skew)) {
      throw new RangeError(
        'inventory_aware: the default skew is infinite where model.A = 0; write skew: in the config',
      );
    }
    const derived = params.half_spread === undefined || params.skew === undefined;
    const bounded = (distance: number): number => (derived ? clampToBounds(model, distance) : distance);
    return {
      timeDependent: false,
      fillRow(_t, inventories, bid, ask) {
        for (let j = 0; j < inventories.length; j++) {
          bid[j] = bounded(half + skew * inventories[j]!);
          ask[j] = bounded(half - skew * inventories[j]!);
        }
      },
    };
  },
});
