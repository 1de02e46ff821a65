import { z } from 'zod';
import { positive } from '../../config/fields.ts';
import { checkPoints, interpolate, MAX_POINTS } from '../piecewise-linear.ts';
import { type DepthDefinition, defineDepth } from './depth-law.ts';

/**
 * Λ(δ) by a table, as it is measured from trades: the line from (0, 1) through the table's points, 1 at the mid or through
 * it, 0 beyond the last point.
 */
export const empirical: DepthDefinition = defineDepth({
  type: 'empirical',
  summary: 'fill intensity A p(delta), p given by a table and linear between its points',
  params: z
    .strictObject({
      distances: z
        .array(positive('distance'))
        .min(1)
        .max(MAX_POINTS)
        .describe('distances from the mid, ascending, price units; at 0 the share is 1, beyond the last distance 0'),
      probabilities: z
        .array(z.number().min(0).max(1))
        .min(1)
        .max(MAX_POINTS)
        .describe('share of the market orders that reach each of these distances, 0 to 1, never growing'),
    })
    .superRefine((table, context) => {
      checkPoints(table, 'distances', 'probabilities', context);
      const { probabilities } = table;
      const at = probabilities.findIndex((p, i) => i > 0 && p > probabilities[i - 1]!);
      if (at < 0) return;
      const message = `at most the probability before it, ${probabilities[at - 1]}`;
      context.addIssue({ code: 'custom', path: ['probabilities', at], message, input: probabilities[at] });
    }),
  pathwise: true,
  createReach: ({ distances, probabilities }) => {
    const xs = Float64Array.of(0, ...distances);
    const ys = Float64Array.of(1, ...probabilities);
    const last = xs[xs.length - 1]!;
    return (distance) => (distance > last ? 0 : interpolate(distance, xs, ys));
  },
  growsThroughMid: false,
});
