import { z } from 'zod';
import { definePolicy } from '../policy.ts';
import { loadPolicy } from './load-policy.ts';
import { pathPolicyOf } from './policy-quotes.ts';

/** A policy of the user's own, from a TypeScript or JavaScript module. */
export const custom = definePolicy({
  type: 'custom',
  summary: 'a policy of your own, from a TypeScript or JavaScript module',
  params: z.strictObject({
    module: z.string().min(1).describe('path of the module, relative to the experiment file'),
    export: z
      .string()
      .min(1)
      .default('policy')
      .describe('name of the export: a function (t, q, S, params) => [bid, ask] or a factory {create(context)}'),
    params: z.record(z.string(), z.unknown()).default({}).describe('handed to the policy'),
  }),
  files: ['module'],
  usesGrid: true,
  async createPolicy(params, context, random) {
    const { source } = context;
    if (source === undefined) throw new Error('a custom strategy needs the file of its module');
    const policy = await loadPolicy(source.file, params.export);
    return pathPolicyOf(policy, params.params, context, random);
  },
});
