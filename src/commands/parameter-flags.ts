import type { Options } from 'yargs';
import { z } from 'zod';
import { catalogue } from '../catalogue.ts';
import { experimentJsonSchema } from '../config/json-schema.ts';
import { ConfigError } from '../util/errors.ts';
import { single } from './common-options.ts';

/** What the flags need of the JSON Schema of an experiment. */
const section = z.object({
  properties: z.record(
    z.string(),
    z.object({
      default: z.unknown().optional(),
      description: z.string().optional(),
      // A key that may be null is a union, whose members are described.
      anyOf: z.array(z.object({ description: z.string().optional() })).optional(),
    }),
  ),
});
const schema = z.object({ properties: z.object({ simulator: section, model: section }) });

/** A flag of the command line for a key of the experiment. */
export interface ParameterFlag {
  /** The key's own name, such as `sigma`; of one that simulator and model share, the simulator's. */
  readonly flag: string;
  /** Its dotted path. */
  readonly path: string;
  readonly option: Options;
}

/** A flag for each key of `simulator:` and for those of `model:` that are not the simulator's; made from the schema. */
export function parameterFlags(): ParameterFlag[] {
  const { simulator, model } = schema.parse(experimentJsonSchema(catalogue)).properties;
  const flags = (name: string, group: string, keys: z.output<typeof section>, skip: readonly string[]) =>
    Object.entries(keys.properties)
      .filter(([key]) => !skip.includes(key))
      .map(([key, { default: preset, description, anyOf = [] }]) => ({
        flag: key,
        path: `${name}.${key}`,
        option: {
          type: 'string',
          group,
          describe: description ?? anyOf.find((member) => member.description !== undefined)?.description ?? key,
          defaultDescription: presetText(preset),
          coerce: single(key),
        } as const satisfies Options,
      }));
  return [
    ...flags('simulator', 'Market:', simulator, []),
    ...flags('model', 'Model:', model, Object.keys(simulator.properties)),
  ];
}

function presetText(preset: unknown): string {
  return typeof preset === 'string' ? preset : JSON.stringify(preset ?? null);
}

/** The flags that were given as overrides, `simulator.sigma=0.3`; none, like null, lifts a bound. */
export function flagOverrides(flags: readonly ParameterFlag[], args: Readonly<Record<string, unknown>>): string[] {
  return flags.flatMap(({ flag, path }) => {
    const value = args[flag];
    return typeof value === 'string' ? [`${path}=${/^none$/i.test(value.trim()) ? 'null' : value}`] : [];
  });
}

/** Names the flag, in the messages of an error, where an override was made of one. */
export function namingFlags(error: unknown, labels: ReadonlyMap<string, string>): unknown {
  if (!(error instanceof ConfigError)) return error;
  const lines = error.message.split('\n').map((line) => {
    const [, path = ''] = /^--set (\S+)/.exec(line) ?? [];
    const label = labels.get(path);
    return label === undefined ? line : line.replace(`--set ${path}`, label);
  });
  return new ConfigError(lines.join('\n'), { cause: error });
}
