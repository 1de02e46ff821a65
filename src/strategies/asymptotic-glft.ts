import { z } from 'zod';
import { clampToBounds, glftAsymptoticQuotes, glftSkew } from '../solve/closed-forms.ts';
import { defineStrategy } from './strategy.ts';

/**
 * The closed-form quotes far from T of Guéant, Lehalle & Fernandez-Tapia (2013, section 4), with fee and impact, within the
 * quote bounds.
 */
export const asymptoticGlft = defineStrategy({
  type: 'asymptotic_glft',
  summary: 'asymptotic quotes far from the horizon in closed form (Guéant, Lehalle & Fernandez-Tapia 2013)',
  params: z.strictObject({}),
  createRule: (_params, { model }) => {
    if (!Number.isFinite(glftSkew(model))) {
      throw new RangeError(
        'asymptotic_glft: the slope of the quotes is infinite where model.A = 0; give model.A a value',
      );
    }
    return {
      timeDependent: false,
      fillRow(_t, inventories, bid, ask) {
        for (let j = 0; j < inventories.length; j++) {
          const quotes = glftAsymptoticQuotes(model, inventories[j]!);
          bid[j] = clampToBounds(model, quotes.bid);
          ask[j] = clampToBounds(model, quotes.ask);
        }
      },
    };
  },
});
