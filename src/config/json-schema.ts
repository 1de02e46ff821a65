import { z } from 'zod';
import type { Catalogue } from './catalogue.ts';
import { experimentSchema } from './schema.ts';

/**
 * The JSON schema (draft 7, which editors know best) of an experiment file, made from the schema that checks it.
 * Rules between keys, such as dt <= T, cannot be said in it.
 */
export function experimentJsonSchema(catalogue: Catalogue): object {
  return {
    title: 'mm-batch experiment',
    ...z.toJSONSchema(experimentSchema(catalogue), { target: 'draft-7', io: 'input', unrepresentable: 'any' }),
  };
}
