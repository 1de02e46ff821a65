import { z } from 'zod';
import { didYouMean } from '../util/did-you-mean.ts';
import { isMapping, type Path, printable, valueAt } from './path.ts';
import { objectSchemaOf, type Schema, stepInto, unknownKeyText, unwrap } from './schema-walk.ts';
import { holdsDottedPaths } from './sweep-paths.ts';

export type Resolved =
  | { readonly ok: true; readonly path: Path; readonly schema: Schema }
  | { readonly ok: false; readonly text: string };

/**
 * Finds what a dotted path such as `model.gamma`, `strategies.1.half_spread` or `strategies.constant.skew` stands for.
 * A strategy is named by its position from 0 or by its name. Refuses paths that the schema does not have.
 */
export function resolveDotted(root: Schema, data: unknown, text: string): Resolved {
  let schema = root;
  let value = data;
  let rest = text;
  const path: (string | number)[] = [];
  while (rest !== '') {
    const next = holdsDottedPaths(data, path, rest) ? { step: rest, rest: '' } : nextStep(schema, value, rest);
    const found = stepInto(schema, value, next.step);
    if (found === undefined) return { ok: false, text: unknownText(root, schema, value, text, path, rest) };
    path.push(next.step);
    schema = found;
    value = valueAt(value, [next.step]);
    rest = next.rest;
  }
  if (path.length === 0 || text.endsWith('.')) return { ok: false, text: 'unknown key (it is empty)' };
  return { ok: true, path, schema };
}

/** Splits off one step; in a list of named things it is the position of the longest name that fits. */
function nextStep(schema: Schema, value: unknown, rest: string): { step: string | number; rest: string } {
  if (unwrap(schema) instanceof z.ZodArray && Array.isArray(value)) {
    const names = namesOf(value);
    const fitting = names.filter((name) => rest === name || rest.startsWith(`${name}.`));
    const [longest] = fitting.sort((a, b) => b.length - a.length);
    if (longest !== undefined) return { step: names.indexOf(longest), rest: rest.slice(longest.length + 1) };
  }
  const end = rest.indexOf('.');
  const word = end < 0 ? rest : rest.slice(0, end);
  const isPosition = Array.isArray(value) && /^\d{1,9}$/.test(word) && Number(word) < value.length;
  return { step: isPosition ? Number(word) : word, rest: end < 0 ? '' : rest.slice(end + 1) };
}

/** The names of the strategies in an unchecked list; an empty text where one has none. */
export function namesOf(list: readonly unknown[]): string[] {
  return list.map((item) => {
    const name = isMapping(item) ? (valueAt(item, ['name']) ?? valueAt(item, ['type'])) : item;
    return typeof name === 'string' ? name : '';
  });
}

function unknownText(root: Schema, owner: Schema, value: unknown, text: string, path: Path, rest: string): string {
  const word = rest.split('.', 1)[0] ?? '';
  const object = objectSchemaOf(owner, value);
  if (object === undefined) {
    if (!Array.isArray(value)) return `unknown key (${path.join('.')} has no keys)`;
    const known = namesOf(value).map((name, i) => `${i}${name === '' ? '' : ` or ${name}`}`);
    return `unknown key (known keys: ${printable(known.join(', '), 200)})`;
  }
  const near = didYouMean(word, Object.keys(object.shape));
  if (near === undefined || path.length === 0 || !text.includes('.')) return unknownKeyText(root, object, word);
  const full = [...path, near].join('.') + rest.slice(word.length);
  return `unknown key; did you mean "${full}"? (known keys: ${Object.keys(object.shape).join(', ')})`;
}
