import { isMapping, type Path } from './path.ts';
import { expectedText, type Problem, problemAt } from './problem.ts';

/** Characters of an experiment file. Reading YAML takes 2 to 7 s for a MiB, so more than this is a mistake. */
export const MAX_CHARACTERS = 256 * 1024;
export const MAX_ALIASES = 1_000;
const MAX_DEPTH = 64;
const MAX_ENTRIES = 10_000;

/**
 * A copy of the mappings and lists in `value`, so that later changes by its owner do not show, and what is too deep,
 * circular or too long in it. Shared parts are copied once, so the cost is linear however often they are named.
 */
export function boundedCopy(value: unknown): { readonly value: unknown; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const copies = new Map<object, unknown>();
  const open = new Set<object>();
  const copy = (item: unknown, path: Path): unknown => {
    if (!Array.isArray(item) && !(isMapping(item) && isPlain(item))) return item;
    if (copies.has(item)) return copies.get(item);
    if (path.length > MAX_DEPTH || open.has(item)) {
      const got = open.has(item) ? 'a value that holds itself' : 'more';
      problems.push(problemAt(path.slice(0, 3), expectedText(`at most ${MAX_DEPTH} levels`, got)));
      return null;
    }
    open.add(item);
    let result: unknown;
    if (Array.isArray(item)) {
      if (item.length > MAX_ENTRIES) problems.push(problemAt(path, tooLong(item.length)));
      result = item.slice(0, MAX_ENTRIES).map((entry, i) => copy(entry, [...path, i]));
    } else {
      result = Object.fromEntries(Object.entries(item).map(([key, entry]) => [key, copy(entry, [...path, key])]));
    }
    open.delete(item);
    copies.set(item, result);
    return result;
  };
  return { value: copy(value, []), problems };
}

function tooLong(length: number): string {
  const cure = 'a sweep over many values can be written {from: …, to: …, steps: …}';
  return expectedText(`a list of at most ${MAX_ENTRIES} entries`, `${length}`, cure);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
