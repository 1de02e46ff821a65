import { z } from 'zod';
import { clampToBounds, optimalMyopicHalfSpread } from '../solve/closed-forms.ts';
import { definePolicy } from './policy.ts';

/** Distances drawn afresh at each decision, uniform on [min, max], each side by itself: the baseline of learning studies. */
export const random = definePolicy({
  type: 'random',
  summary: 'distances drawn at random at each decision',
  params: z.strictObject({
    min: z.number().min(-1e9).max(1e9).default(0).describe('least distance, price units'),
    max: z
      .number()
      .min(-1e9)
      .max(1e9)
      .optional()
      .describe('greatest distance, price units; default: twice the myopic half spread within the quote bounds'),
  }),
  createPolicy({ min, max }, { model }, { uniform }) {
    const top = max ?? 2 * clampToBounds(model, optimalMyopicHalfSpread(model));
    if (top < min) throw new RangeError(`random: expected max of at least min = ${min}, got ${top}`);
    return {
      start() {},
      quote(_t, _q, _S, out) {
        out[0] = min + (top - min) * uniform();
        out[1] = min + (top - min) * uniform();
      },
    };
  },
});
