import { z } from 'zod';
import { assetList, correlation } from './asset-schema.ts';
import type { Catalogue } from './catalogue.ts';
import { hints, MAX_STRATEGIES } from './fields.ts';
import { choiceSchema, riskSchema, thresholdsSchema } from './goal-schema.ts';
import { simulatorSchema } from './market-schema.ts';
import { modelSchema } from './model-schema.ts';
import { namedSchema } from './named-schema.ts';
import { precisionSchema } from './precision-schema.ts';
import { rlSchema } from './rl-schema.ts';
import { strategyKeys } from './strategy-keys.ts';
import { sweepSchema } from './sweep-schema.ts';

const experimentName = z
  .string()
  .regex(/^[A-Za-z0-9_](?:[A-Za-z0-9._ -]{0,98}[A-Za-z0-9_-])?$/)
  .describe('names the folder of a run: up to 100 letters, digits, spaces and . _ -; default: the file name')
  .register(hints, {
    expected: 'a name of 1 to 100 letters, digits, spaces and . _ - that starts with a letter, digit or _',
    cure: 'it becomes part of a folder name',
  });

/** Making a schema takes some 10 ms, which a loop over simulators would pay each time. */
const schemas = new WeakMap<Catalogue, ExperimentSchema>();

/** The schema of an experiment file. It checks each key by itself; rules.ts checks keys against each other. */
export function experimentSchema(catalogue: Catalogue): ExperimentSchema {
  const known = schemas.get(catalogue) ?? createSchema(catalogue);
  schemas.set(catalogue, known);
  return known;
}

function createSchema(catalogue: Catalogue) {
  return z.strictObject({
    $schema: z.string().describe('for editors: the address of the JSON schema').optional(),
    name: experimentName.optional(),
    seed: z
      .union([z.int(), z.string().min(1)])
      .describe('seed of every random number: an integer or a text')
      .default(42),
    paths: z.int().min(2).max(1e9).describe('simulated paths for each strategy in each scenario').default(1000),
    precision: precisionSchema.optional(),
    variance_reduction: z
      .enum(['none', 'control', 'antithetic'])
      .describe(
        'smaller standard error of the mean at the same paths: control subtracts the martingales of fills and price, ' +
          'antithetic pairs each path with its reversal',
      )
      .default('none'),
    statistics: z
      .enum(['auto', 'exact', 'sketch'])
      .describe(
        'percentiles and CVaR: exact sorts all paths in memory, sketch simulates in chunks and gives them within percentile_error ' +
          'for any number of paths, auto is exact up to 1 GiB of paths in a scenario (some 10 million of each of three strategies)',
      )
      .default('auto'),
    simulator: simulatorSchema(catalogue).prefault({}),
    model: modelSchema().prefault({}),
    assets: assetList(catalogue).optional(),
    correlation: correlation.optional(),
    strategies: z
      .array(namedSchema(catalogue.strategies, strategyKeys))
      .min(1)
      .max(MAX_STRATEGIES)
      .describe('the strategies to compare: a bare name, or {type, name, parameters}')
      .register(hints, { cure: 'for example strategies: [hjb, constant]' }),
    rl: rlSchema().optional(),
    risk: riskSchema.optional(),
    thresholds: thresholdsSchema.optional(),
    choose: choiceSchema.optional(),
    sweep: sweepSchema.optional(),
  });
}

export type ExperimentSchema = ReturnType<typeof createSchema>;
