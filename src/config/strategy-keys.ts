import { z } from 'zod';
import { finite, hints, positive } from './fields.ts';
import { modelOverride } from './model-schema.ts';

// A summary.csv cell that a spreadsheet would take for a formula or split at a comma is refused; digits alone would
// be mistaken for a position in a dotted path.
const strategyName = z
  .string()
  .regex(/^(?!\d+$)(?![=+\-@ ])[^\p{C}\p{Zl}\p{Zp},"']{0,59}[^\p{C}\p{Z},"']$/u)
  .describe('how the results name this strategy; unique, up to 60 characters; default: its type')
  .register(hints, {
    expected: 'a name of 1 to 60 printable characters, not digits alone, without commas and quotes',
    cure: 'it may not start with = + - @ or a space, nor end with a space',
  });

/** The keys that every strategy has beside its own. */
export const strategyKeys = {
  name: strategyName.optional(),
  model: modelOverride
    .optional()
    .describe('what this strategy believes and wants, where it differs from the model section: any of its keys'),
  min_distance: finite('least distance of a quote, whatever the strategy says, price units; default: none').optional(),
  max_distance: finite(
    'greatest distance of a quote, whatever the strategy says, price units; default: none',
  ).optional(),
  one_sided_at: positive(
    'from this |inventory| on only the side that reduces it is quoted, units; default: none',
  ).optional(),
};

/** Reads the limits of a checked strategy; its other keys are left out. */
export const limitKeys = z.object({
  min_distance: strategyKeys.min_distance,
  max_distance: strategyKeys.max_distance,
  one_sided_at: strategyKeys.one_sided_at,
});
