import { z } from 'zod';

/** What a worker needs to take part in a run: text from which it makes the plan again. */
export const runOffer = z.strictObject({
  name: z.string(),
  /** The run's experiment record, as JSON. */
  record: z.string(),
  /** Seconds that a block may take; the workers' own limit where absent. */
  timeLimit: z.number().optional(),
});
export type RunOffer = z.infer<typeof runOffer>;
