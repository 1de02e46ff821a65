import { z } from 'zod';
import { didYouMean } from '../util/did-you-mean.ts';
import { type Hint, hints } from './fields.ts';
import { isMapping, type Path, valueAt } from './path.ts';

export type Schema = z.core.$ZodType;

/** The schema without its default, null and optional wrappers. */
export function unwrap(schema: Schema): Schema {
  let inner = schema;
  while (
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodPrefault ||
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodNullable
  ) {
    inner = inner.def.innerType;
  }
  return inner;
}

/** The members of a union; the alternatives by `type` are members like the others. */
function alternatives(schema: Schema): readonly Schema[] {
  return schema instanceof z.ZodUnion ? schema.def.options.flatMap(alternatives) : [unwrap(schema)];
}

/** The object schemas that a named thing can follow, by its `type`. */
export function objectsByType(schema: Schema): ReadonlyMap<string, z.ZodObject> {
  const objects = alternatives(unwrap(schema)).filter((option) => option instanceof z.ZodObject);
  return new Map(objects.flatMap((object) => typesOf(object).map((type) => [type, object] as const)));
}

function typesOf(object: z.ZodObject): string[] {
  const { type }: Readonly<Record<string, Schema>> = object.shape;
  return type instanceof z.ZodLiteral ? [...type.values].filter((value) => typeof value === 'string') : [];
}

/** The object schema that `data` should follow; undefined where it can have no keys. */
export function objectSchemaOf(schema: Schema, data: unknown): z.ZodObject | undefined {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) return inner;
  const byType = objectsByType(inner);
  const type = isMapping(data) ? valueAt(data, ['type']) : data;
  if (typeof type === 'string' && byType.has(type)) return byType.get(type);
  return byType.size > 0 ? undefined : alternatives(inner).find((option) => option instanceof z.ZodObject);
}

/** The schema one step down, for data of this shape. Undefined where there is none. */
export function stepInto(schema: Schema, given: unknown, step: string | number): Schema | undefined {
  const data = given === undefined && schema instanceof z.ZodDefault ? schema.def.defaultValue : given;
  const inner = unwrap(schema);
  if (inner instanceof z.ZodRecord) return inner.def.valueType;
  if (inner instanceof z.ZodUnknown || inner instanceof z.ZodAny) return inner;
  const record = alternatives(inner).find((option) => option instanceof z.ZodRecord);
  if (record !== undefined && isMapping(data)) return record.def.valueType;
  const list = alternatives(inner).find((option) => option instanceof z.ZodArray);
  if (list !== undefined && typeof step === 'number') return list.def.element;
  const object = objectSchemaOf(inner, data);
  if (object !== undefined && Object.hasOwn(object.shape, step)) return object.shape[step];
  // Keys of any name, beside those that have one; a strict object's catchall is z.never().
  const others = object?.def.catchall;
  return others === undefined || others instanceof z.ZodNever ? undefined : others;
}

/** The schema at a path, chosen by what the data says; undefined where the schema has no such place. */
export function schemaAt(schema: Schema, data: unknown, path: Path): Schema | undefined {
  let current: Schema | undefined = schema;
  let value: unknown = data;
  for (const step of path) {
    current = stepInto(current, value, step);
    if (current === undefined) return undefined;
    value = valueAt(value, [step]);
  }
  return current;
}

/** True where a list may stand. */
export function takesList(schema: Schema): boolean {
  return alternatives(unwrap(schema)).some((option) => option instanceof z.ZodArray);
}

/** What is noted about a schema, on itself or beneath its wrappers. */
export function hintOf(schema: Schema | undefined): Hint {
  return (schema && (hints.get(schema) ?? hints.get(unwrap(schema)))) ?? {};
}

/** Says that a key is unknown, and which one may be meant: one beside it, or of the same name in another section. */
export function unknownKeyText(root: Schema, owner: Schema | undefined, key: string): string {
  const known = owner instanceof z.ZodObject ? Object.keys(owner.shape) : [];
  const refusal = hintOf(owner).refused?.[key];
  if (refusal !== undefined) return refusal;
  const near = didYouMean(key, known) ?? sectionOf(root, key);
  const suggestion = near === undefined ? '' : `; did you mean "${near}"?`;
  const shown = known.filter((name) => !name.startsWith('$'));
  return `unknown key${suggestion}${shown.length > 0 ? ` (known keys: ${shown.join(', ')})` : ''}`;
}

function sectionOf(root: Schema, key: string): string | undefined {
  if (!(root instanceof z.ZodObject)) return undefined;
  for (const [section, schema] of Object.entries<Schema>(root.shape)) {
    const inner = unwrap(schema);
    if (inner instanceof z.ZodObject && Object.hasOwn(inner.shape, key)) return `${section}.${key}`;
  }
  return Object.hasOwn(root.shape, key) ? key : undefined;
}
