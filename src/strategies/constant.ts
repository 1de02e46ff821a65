import { z } from 'zod';
import { clampToBounds, optimalMyopicHalfSpread } from '../solve/closed-forms.ts';
import { halfSpread } from './params.ts';
import { defineStrategy } from './strategy.ts';

/** The same distance on both sides, whatever the time and the inventory. */
export const constant = defineStrategy({
  type: 'constant',
  summary: 'the same distance on both sides at all times',
  params: z.strictObject({
    half_spread: halfSpread.describe(
      'distance of both quotes from the mid, price units; default: (1/gamma) ln(1 + gamma/k) within the quote bounds',
    ),
  }),
  createRule: ({ half_spread }, { model }) => {
    const distance = half_spread ?? clampToBounds(model, optimalMyopicHalfSpread(model));
    return {
      timeDependent: false,
      fillRow(_t, _inventories, bid, ask) {
        bid.fill(distance);
        ask.fill(distance);
      },
    };
  },
});
