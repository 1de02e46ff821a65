import { catalogue } from '../catalogue.ts';
import { experimentJsonSchema } from '../config/json-schema.ts';

/** `schema`: the JSON Schema of an experiment file, for completion in editors. */
export const schema = {
  command: 'schema',
  describe: 'print the JSON Schema of an experiment file, for editors',
  builder: {},
  handler: (): void => {
    process.stdout.write(`${JSON.stringify(experimentJsonSchema(catalogue), undefined, 2)}\n`);
  },
};
