import type { Argv } from 'yargs';
import { catalogue } from '../catalogue.ts';
import { experimentJsonSchema } from '../config/json-schema.ts';
import { configReference } from '../config/reference.ts';

/** `schema`: the JSON Schema of an experiment file, for completion in editors. */
export const schema = {
  builder: (yargs: Argv) =>
    yargs.option('markdown', { type: 'boolean', default: false, describe: 'print a reference of all keys instead' }),
  handler: ({ markdown }: { readonly markdown: boolean }): void => {
    const schema = experimentJsonSchema(catalogue);
    process.stdout.write(markdown ? configReference(schema) : `${JSON.stringify(schema, undefined, 2)}\n`);
  },
};
