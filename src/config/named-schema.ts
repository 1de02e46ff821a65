import { z } from 'zod';
import type { CatalogueEntry } from './catalogue.ts';
import type { NamedSpec } from './experiment.ts';

/** What a config says where it names something: `hjb`, or `{type: constant, half_spread: 0.745}`. */
export interface Named {
  readonly type: string;
  readonly name: string | undefined;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * A bare name, or an object told apart by its `type`; `extra` are keys that every type has beside its own.
 * A bare name is allowed only where the type's parameters all have defaults.
 */
export function namedSchema(entries: readonly CatalogueEntry[], extra: z.core.$ZodShape): z.ZodType {
  const [first, ...others] = entries.map((entry) =>
    entry.params
      .safeExtend({ type: z.literal(entry.type).describe(entry.summary), ...extra })
      .strict()
      .describe(entry.summary),
  );
  if (first === undefined) throw new Error('the catalogue is empty');
  const object = z.discriminatedUnion('type', [first, ...others]);
  const bare = entries.filter((entry) => entry.params.safeParse({}).success).map((entry) => entry.type);
  return bare.length > 0 ? z.union([z.enum(bare), object]) : z.union([object]);
}

/** Splits a checked value into its type, its name and its own parameters, defaults filled in. */
export function readNamed(value: unknown, entries: readonly CatalogueEntry[]): Named {
  if (typeof value === 'string') {
    const entry = entries.find(({ type }) => type === value);
    if (entry === undefined) throw new Error(`"${value}" is not in the catalogue`);
    return { type: value, name: undefined, params: entry.params.parse({}) };
  }
  const { type, name, ...params } = z.looseObject({ type: z.string(), name: z.string().optional() }).parse(value);
  return { type, name, params };
}

/** The same for a part of the market, which has no name of its own. */
export function readSpec(value: unknown, entries: readonly CatalogueEntry[]): NamedSpec {
  const { type, params } = readNamed(value, entries);
  return { type, params };
}
