import { z } from 'zod';
import { shortNumber } from './path.ts';

/** Largest absolute value of any number in a config: products of a few of them stay far from overflow. */
export const MAX_MAGNITUDE = 1e12;
/** Largest sigma, A, k and T. */
export const MAX_RATE = 1e9;
/** Smallest value of a number that must be above zero: ratios of two of them stay finite. */
export const MIN_POSITIVE = 1e-12;
/** Time steps of a path or of the quote grid. */
export const MAX_STEPS = 1e8;
/** Jumps of a price per unit of time: more are a diffusion, at the cost of drawing each of them. */
export const MAX_JUMP_RATE = 1e6;
/** Market orders of a path in the event scheme. */
export const MAX_ORDERS = 1e9;
/** Time steps x inventory levels of a quote grid: 800 MB. */
export const MAX_TABLE = 1e8;
/** Inventory levels on each side of zero. */
export const MAX_LOTS = 10_000;
export const MAX_SCENARIOS = 100_000;
/** Scenarios x strategies: each has a row in the report, and more than this is a slip. */
export const MAX_CELLS = 100_000;
export const MAX_STRATEGIES = 1_000;
export const MAX_ASSETS = 100;

/** What an error says of a field beyond what its zod checks tell. */
export interface Hint {
  /** Replaces the generic "expected …" of a text pattern. */
  readonly expected?: string;
  readonly cure?: string;
  /** Of keys that a mapping does not take: what to say of each. */
  readonly refused?: Readonly<Record<string, string>>;
}

export const hints = z.registry<Hint>();

/** A number above 0; `what` gives its meaning and unit. */
export function positive(what: string, max = MAX_MAGNITUDE): z.ZodNumber {
  return z
    .number()
    .gt(0)
    .min(MIN_POSITIVE)
    .max(max)
    .describe(`${what} (${MIN_POSITIVE} to ${shortNumber(max)})`);
}

/** A number of at least 0. */
export function nonNegative(what: string, max = MAX_MAGNITUDE): z.ZodNumber {
  return z
    .number()
    .min(0)
    .max(max)
    .describe(`${what} (0 to ${shortNumber(max)})`);
}

/** A number of either sign. */
export function finite(what: string): z.ZodNumber {
  return z
    .number()
    .min(-MAX_MAGNITUDE)
    .max(MAX_MAGNITUDE)
    .describe(`${what} (absolute value up to ${shortNumber(MAX_MAGNITUDE)})`);
}
