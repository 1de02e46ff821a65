import { z } from 'zod';
import { strategyKeys } from './strategy-keys.ts';

/** The parts of a JSON Schema that the reference shows. */
interface Node {
  readonly type?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly default?: unknown;
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, Node>> | undefined;
  readonly anyOf?: readonly Node[] | undefined;
  readonly oneOf?: readonly Node[] | undefined;
  readonly items?: Node | undefined;
  readonly const?: unknown;
}

const node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    default: z.unknown().optional(),
    description: z.string().optional(),
    properties: z.record(z.string(), node).optional(),
    anyOf: z.array(node).optional(),
    oneOf: z.array(node).optional(),
    items: node.optional(),
    const: z.unknown().optional(),
  }),
);

/** docs/config.md, made of the JSON Schema so that it cannot disagree with what is checked. */
export function configReference(schema: object): string {
  const { properties = {} } = node.parse(schema);
  const sections = Object.entries(properties).filter(([key]) => key !== '$schema');
  const top = sections.filter(([, value]) => value.properties === undefined);
  const objects = sections.filter(([, value]) => value.properties !== undefined);
  // Keys that all kinds share are shown once, before them.
  const named = (title: string, holder: Node | undefined, shared: readonly string[] = []): string[] => [
    `## ${title}`,
    ...sharedTable(objectsOf(holder)[0], shared),
    ...objectsOf(holder).flatMap((kind) => {
      const keys = Object.entries(kind.properties ?? {}).filter(([key]) => key !== 'type' && !shared.includes(key));
      const type = kind.properties?.['type']?.const;
      return [`**\`${type}\`**: ${kind.description ?? ''}.`, ...(keys.length > 0 ? [table(keys)] : [])];
    }),
  ];
  return `${[
    '# The experiment file',
    'YAML or JSON. Made by `make schema` from the schema that files are checked against; editors complete from ' +
      '`configs/experiment.schema.json`. Every key can be overridden with `--set key=value` and swept in `sweep:`.',
    '## Top level',
    table(top),
    ...objects.flatMap(([key, value]) => [
      `## ${key}`,
      value.description ?? '',
      table(Object.entries(value.properties ?? {})),
      ...Object.entries(value.properties ?? {}).flatMap(([inner, { properties }]) =>
        properties === undefined ? [] : [`### ${key}.${inner}`, table(Object.entries(properties))],
      ),
    ]),
    ...objectsOf(properties['assets']?.items).flatMap((asset) => [
      '## Assets',
      'Keys of each entry of `assets:`.',
      table(Object.entries(asset.properties ?? {})),
    ]),
    ...named('Strategies', properties['strategies']?.items, Object.keys(strategyKeys)),
    ...named('Midprices', properties['simulator']?.properties?.['midprice']),
    ...named('Market orders', properties['simulator']?.properties?.['arrivals']),
    ...named('Fill depth', properties['simulator']?.properties?.['depth']),
  ].join('\n\n')}\n`;
}

function sharedTable(kind: Node | undefined, shared: readonly string[]): string[] {
  const keys = Object.entries(kind?.properties ?? {}).filter(([key]) => shared.includes(key));
  return keys.length === 0 ? [] : ['Keys that each of them has:', table(keys)];
}

/** Every object among a schema's alternatives. */
function objectsOf(holder: Node | undefined): Node[] {
  if (holder === undefined) return [];
  if (holder.properties !== undefined) return [holder];
  return [...(holder.anyOf ?? []), ...(holder.oneOf ?? [])].flatMap(objectsOf);
}

function table(entries: readonly (readonly [string, Node])[]): string {
  const rows = entries.map(
    ([key, value]) => `| \`${key}\` | ${defaultText(value.default)} | ${descriptionOf(value)} |`,
  );
  return ['| key | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

function descriptionOf(value: Node): string {
  const text =
    value.description ?? value.anyOf?.map(({ description }) => description).find((t) => t !== undefined) ?? '';
  const choices = value.enum === undefined ? '' : ` (${value.enum.map((choice) => `\`${choice}\``).join(', ')})`;
  return `${text}${choices}`.replaceAll('|', '\\|');
}

function defaultText(value: unknown): string {
  return value === undefined ? '' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
