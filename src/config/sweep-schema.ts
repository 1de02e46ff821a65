import { z } from 'zod';
import { hints, MAX_MAGNITUDE, MAX_SCENARIOS } from './fields.ts';
import { SOBOL_DIMENSIONS } from './sobol.ts';
import { decimalSteps } from './sweep-values.ts';

export const sweepScalar = z.union([z.number(), z.string(), z.boolean(), z.null()]);
/** A mapping stands for a key that takes one, such as a midprice with its parameters. */
const sweepEntry = z.union([sweepScalar, z.record(z.string(), z.unknown())]);
const end = z.number().min(-MAX_MAGNITUDE).max(MAX_MAGNITUDE);
const scale = z
  .enum(['linear', 'log'])
  .describe('linear: equal differences (the default); log: equal ratios, both ends above 0')
  .optional();

interface Ends {
  readonly from: number;
  readonly to: number;
  readonly scale?: 'linear' | 'log' | undefined;
}

function requirePositiveEnds({ from, to, scale }: Ends, context: z.core.$RefinementCtx): void {
  if (scale !== 'log') return;
  for (const [key, value] of Object.entries({ from, to })) {
    if (value <= 0) {
      context.addIssue({ code: 'custom', path: [key], message: 'a number > 0 with scale: log', input: value });
    }
  }
}

export const sweepRange = z
  .strictObject({
    from: end.describe('first value'),
    to: end.describe('last value'),
    steps: z.int().min(2).max(MAX_SCENARIOS).describe('number of values, both ends among them').optional(),
    step: z.number().describe('difference between values, which are exact decimals').optional(),
    scale,
  })
  .superRefine((range, context) => {
    requirePositiveEnds(range, context);
    const { from, to, steps, step, scale } = range;
    const refuse = (path: string[], message: string, input: unknown): void =>
      context.addIssue({ code: 'custom', path, message, input });
    if ((steps === undefined) === (step === undefined)) {
      refuse([], 'either steps (a number of values) or step (a difference)', range);
    }
    if (step === undefined) return;
    if (scale === 'log') refuse(['step'], 'steps (a number of values) with scale: log', step);
    const { problem } = decimalSteps(from, to, step);
    if (problem !== undefined) refuse(['step'], problem, step);
  })
  .describe('values from one end to the other: {from, to, steps, scale} or {from, to, step}');

const values = z
  .array(sweepEntry)
  .min(1)
  .describe('the values, in order; a key that takes a mapping may have mappings: [brownian, {type: heston, kappa: 3}]');
export const sweepAxis = z.union([values, sweepRange]);

const path = z.string();
export const zipGroup = z.record(path, sweepAxis).describe('dotted paths to as many values each');
export const sweepZip = z
  .union([zipGroup, z.array(zipGroup).min(1)])
  .describe(
    'keys that change together, value by value: {simulator.A: [100, 140], simulator.k: [1, 1.5]}; a list of such ' +
      'mappings for several groups',
  );
export const sweepCases = z
  .array(z.record(path, sweepEntry))
  .min(1)
  .describe('scenarios one by one: a list of mappings of dotted paths to values, the same paths in each');

const sampleAxis = z.union([
  z
    .strictObject({ from: end.describe('least value'), to: end.describe('greatest value'), scale })
    .superRefine(requirePositiveEnds)
    .describe('an interval'),
  values,
]);
export const sweepSample = z
  .strictObject({
    design: z
      .enum(['sobol', 'latin_hypercube', 'random'])
      .describe(
        'sobol: a low-discrepancy sequence, best at a power of two points; latin_hypercube: one point in each of n slices of every axis',
      ),
    points: z.int().min(1).max(MAX_SCENARIOS).describe('number of scenarios'),
    seed: z
      .union([z.int(), z.string().min(1)])
      .describe(
        'of the design, not of the paths; default 0 for random and latin_hypercube; shifts a sobol sequence, which is not random without',
      )
      .optional(),
    axes: z
      .record(path, sampleAxis)
      .describe('dotted paths to {from, to, scale} or a list to choose from')
      .register(hints, { cure: 'for example axes: {simulator.sigma: {from: 1, to: 3}}' }),
  })
  .superRefine(({ design, axes }, context) => {
    const count = Object.keys(axes).length;
    if (count === 0) context.addIssue({ code: 'custom', path: ['axes'], message: 'at least one axis', input: axes });
    if (design === 'sobol' && count > SOBOL_DIMENSIONS) {
      const message = `at most ${SOBOL_DIMENSIONS} axes with design: sobol`;
      context.addIssue({ code: 'custom', path: ['axes'], message, input: axes });
    }
  })
  .describe('scenarios that fill a box: {design, points, seed, axes}; design is sobol, latin_hypercube or random');

const condition = z.union([
  sweepScalar,
  z.array(sweepScalar).min(1),
  z.strictObject({ from: end.optional(), to: end.optional() }).describe('an interval, ends included'),
]);
export type SweepCondition = z.output<typeof condition>;

export const sweepExclude = z
  .array(z.record(path, condition))
  .min(1)
  .describe(
    'scenarios to leave out: a list of mappings of swept paths to a value, a list of values or {from, to}; a scenario goes ' +
      'where all paths of one mapping fit',
  );

/** `sweep:`; every key but the reserved ones is a dotted path. */
export const sweepSchema = z
  .object({
    zip: sweepZip.optional(),
    cases: sweepCases.optional(),
    sample: sweepSample.optional(),
    exclude: sweepExclude.optional(),
  })
  .catchall(sweepAxis)
  .describe(
    'Dotted path of a key, such as `model.gamma`, to its values: a list, `{from, to, steps}` (equally spaced, or with ' +
      '`scale: log` of equal ratios) or `{from, to, step}` (exact decimals). The scenarios are the product of all of them ' +
      'and of the keys below; [guide/sweeps.md](guide/sweeps.md) shows each at work.',
  );
