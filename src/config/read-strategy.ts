import type { z } from 'zod';
import type { CatalogueEntry } from './catalogue.ts';
import type { ModelParameters, QuoteLimits, StrategySpec } from './experiment.ts';
import { modelOverride } from './model-schema.ts';
import { readNamed } from './named-schema.ts';
import { overrideModel } from './resolve-model.ts';
import { limitKeys } from './strategy-keys.ts';

const commonKeys = limitKeys.extend({ model: modelOverride.optional() });

/**
 * Splits a checked entry of `strategies:` into its own parameters and the keys that every strategy has.
 * @param assetModels the models of a portfolio's assets
 */
export function readStrategy(
  value: unknown,
  known: readonly CatalogueEntry[],
  model: ModelParameters,
  assetModels?: readonly ModelParameters[],
): StrategySpec {
  const { type, name, params } = readNamed(value, known);
  const { model: own, ...limits } = commonKeys.parse(params);
  return {
    type,
    name: name ?? type,
    params: Object.fromEntries(Object.entries(params).filter(([key]) => !Object.hasOwn(commonKeys.shape, key))),
    ...(own === undefined ? {} : { model: overrideModel(model, own) }),
    ...(own === undefined || assetModels === undefined
      ? {}
      : { assetModels: assetModels.map((each) => overrideModel(each, own)) }),
    ...limitsOf(limits),
  };
}

function limitsOf(limits: z.output<typeof limitKeys>): { readonly limits?: QuoteLimits } {
  const { min_distance = null, max_distance = null, one_sided_at = null } = limits;
  if (min_distance === null && max_distance === null && one_sided_at === null) return {};
  return { limits: { min_distance, max_distance, one_sided_at } };
}
