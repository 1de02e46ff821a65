import type { z } from 'zod';
import type { SimulatorParameters } from '../../config/experiment.ts';
import { MAX_STEPS, positive } from '../../config/fields.ts';
import { shortNumber } from '../../config/path.ts';

/** The `max_step` of a midprice whose scheme is exact only as its step goes to 0. */
export const maxStep: z.ZodOptional<z.ZodNumber> = positive(
  'longest step of the discretised equation, units of time: longer times between two looks at the price are cut into ' +
    'equal steps; default: simulator.dt',
).optional();

/**
 * The longest step of a process, units of time.
 * @throws RangeError where a path would take more steps than a path may have
 */
export function maxStepOf(max_step: number | undefined, { dt, T }: SimulatorParameters): number {
  const longest = max_step ?? dt;
  if (T / longest > MAX_STEPS) {
    throw new RangeError(
      `simulator.midprice.max_step: expected at least T / ${shortNumber(MAX_STEPS)} = ${T / MAX_STEPS}, got ${longest}`,
    );
  }
  return longest;
}

/** Into how many equal steps no longer than `longest` (up to rounding) a time dt is cut. */
export function subStepsOf(dt: number, longest: number): number {
  return Math.max(1, Math.ceil((dt / longest) * (1 - 1e-9)));
}
