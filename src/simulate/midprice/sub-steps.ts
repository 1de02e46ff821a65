import type { z } from 'zod';
import type { OwnSteps } from '../../config/catalogue.ts';
import type { SimulatorParameters } from '../../config/experiment.ts';
import { positive } from '../../config/fields.ts';

/** The `max_step` of a midprice whose scheme is exact only as its step goes to 0. */
export const maxStep: z.ZodOptional<z.ZodNumber> = positive(
  'longest step of the discretised equation, units of time: longer times between two looks at the price are cut into ' +
    'equal steps; default: simulator.dt',
).optional();

type Market = Pick<SimulatorParameters, 'T' | 'dt'>;

/** The longest step of a process, units of time. */
export function maxStepOf(max_step: number | undefined, { dt }: Pick<Market, 'dt'>): number {
  return max_step ?? dt;
}

/** What the config checks of it. */
export function subStepsOfPath({ max_step }: { readonly max_step?: number | undefined }, market: Market): OwnSteps {
  return { count: market.T / maxStepOf(max_step, market), what: 'steps of the price', key: 'max_step' };
}

/** Into how many equal steps no longer than `longest` (up to rounding) a time dt is cut. */
export function subStepsOf(dt: number, longest: number): number {
  return Math.max(1, Math.ceil((dt / longest) * (1 - 1e-9)));
}
