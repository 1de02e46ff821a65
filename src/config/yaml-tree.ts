import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  visit,
  type YAMLMap,
} from 'yaml';
import { MAX_ALIASES } from './limits.ts';
import { dotted, type Path } from './path.ts';

/** What is wrong with the form of a YAML document, by the offset in its text. */
export interface Flaw {
  readonly offset: number;
  readonly key: string;
  readonly text: string;
}

/** The node that each alias stands for. The library's own look-up walks the whole document once for each alias. */
export type AliasTargets = ReadonlyMap<Alias, unknown>;

/**
 * Walks a document once. Duplicate keys are looked for here, because the library compares every key with every other.
 * Cost: linear in the document's nodes, whatever its aliases stand for.
 */
export function inspect(document: Document.Parsed): {
  readonly targets: AliasTargets;
  readonly flaws: readonly Flaw[];
} {
  const flaws: Flaw[] = [];
  const targets = new Map<Alias, unknown>();
  const anchors = new Map<string, unknown>();
  visit(document, {
    Alias(_key, alias) {
      const target = anchors.get(alias.source);
      if (target === undefined) {
        flaws.push(flaw(alias, 'YAML', `unknown anchor *${alias.source} (define it above with &${alias.source})`));
      }
      targets.set(alias, target);
      if (targets.size <= MAX_ALIASES) return undefined;
      flaws.push(flaw(alias, 'YAML', `expected at most ${MAX_ALIASES} aliases, got more`));
      return visit.BREAK;
    },
    Scalar(_key, scalar) {
      if (scalar.anchor !== undefined) anchors.set(scalar.anchor, scalar);
    },
    Seq(_key, seq) {
      if (seq.anchor !== undefined) anchors.set(seq.anchor, seq);
    },
    Map(_key, map, ancestors) {
      if (map.anchor !== undefined) anchors.set(map.anchor, map);
      flaws.push(...duplicateKeys(map, ancestors));
    },
    Pair(_key, pair) {
      // An unknown anchor among the sources is reported where its alias stands.
      const sources = isMergeKey(pair) ? mergeSources(pair, anchors) : [];
      if (!sources.every((source) => source === undefined || isMap(source))) {
        flaws.push(flaw(pair.value, 'YAML', 'expected a mapping or a list of mappings to merge, got something else'));
      }
    },
  });
  return { targets, flaws };
}

function duplicateKeys(map: YAMLMap, ancestors: readonly unknown[]): Flaw[] {
  const seen = new Set<string>();
  return map.items.flatMap((pair) => {
    if (isMergeKey(pair)) return [];
    const key = keyOf(pair);
    if (seen.has(key)) {
      return [flaw(pair.key, dotted([...pathOf([...ancestors, map]), key]), 'duplicate key (keep one of them)')];
    }
    seen.add(key);
    return [];
  });
}

function pathOf(nodes: readonly unknown[]): Path {
  return nodes.flatMap((node, i): (string | number)[] => {
    if (isPair(node)) return [keyOf(node)];
    return isSeq(node) ? [node.items.indexOf(nodes[i + 1])] : [];
  });
}

function mergeSources(pair: Pair, anchors: ReadonlyMap<string, unknown>): unknown[] {
  const resolve = (node: unknown) => (isAlias(node) ? anchors.get(node.source) : node);
  const source = resolve(pair.value);
  return isSeq(source) ? source.items.map(resolve) : [source];
}

/** The key and value nodes at a path, through aliases and merge keys. */
export function nodesAt(document: Document.Parsed, targets: AliasTargets, path: Path) {
  const resolve = (node: unknown) => (isAlias(node) ? targets.get(node) : node);
  let key: unknown = document.contents;
  let value: unknown = document.contents;
  for (const step of path) {
    const holder = resolve(value);
    if (isMap(holder)) {
      const pair = findPair(holder, String(step), resolve, 0);
      if (pair === undefined) return undefined;
      key = pair.key;
      value = pair.value ?? pair.key;
    } else if (isSeq(holder) && typeof step === 'number' && holder.items[step] !== undefined) {
      key = value = holder.items[step];
    } else {
      return undefined;
    }
  }
  return { key, value };
}

/** A map's own keys come before merged ones, and of merged maps the first that has the key. */
function findPair(map: YAMLMap, key: string, resolve: (node: unknown) => unknown, depth: number): Pair | undefined {
  const own = map.items.find((pair) => !isMergeKey(pair) && keyOf(pair) === key);
  if (own !== undefined || depth > 64) return own;
  for (const pair of map.items.filter(isMergeKey)) {
    const source = resolve(pair.value);
    for (const merged of isSeq(source) ? source.items.map(resolve) : [source]) {
      const found = isMap(merged) ? findPair(merged, key, resolve, depth + 1) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** A quoted "<<" is a key like any other. */
function isMergeKey({ key }: Pair): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.value === '<<';
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

function flaw(node: unknown, key: string, text: string): Flaw {
  return { offset: offsetOf(node), key, text };
}

/** The offset of a node in the text. */
export function offsetOf(node: unknown): number {
  return (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined) ?? 0;
}
