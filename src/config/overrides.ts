import { ConfigError } from '../util/errors.ts';
import { resolveDotted } from './dotted-path.ts';
import { isMapping, type Path, printable, setAt, startsWith } from './path.ts';
import { expectedText, type Problem, problemAt, type Source } from './problem.ts';
import { type Schema, takesList } from './schema-walk.ts';
import { readYamlValue } from './yaml-source.ts';

export interface LoadOptions {
  /**
   * `simulator.sigma=0.3`, the value read as YAML; of two for one key the later counts. `simulator.sigma=0.3,0.4` adds the axis to
   * the sweep, or replaces it; where the key holds a list, it is that list.
   */
  readonly overrides: readonly string[];
  /** Replaces `paths`, and any override of it. */
  readonly paths?: number;
  /** Replaces `seed`, and any override of it. A text of digits is the integer, as it is in YAML. */
  readonly seed?: string | number;
}

export interface Override {
  readonly path: Path;
  /** How a message names it: `--set simulator.sigma`. */
  readonly label: string;
}

export interface Overridden extends Source {
  readonly value: unknown;
  readonly applied: readonly Override[];
  readonly problems: readonly Problem[];
}

/** Places of overrides come after every place in a file. */
const AFTER_THE_FILE = 1e9;

/** Applies command-line overrides to unchecked data. Throws ConfigError where a value is not YAML. */
export function applyOverrides(data: unknown, schema: Schema, options: LoadOptions): Overridden {
  let value = data;
  const applied: Override[] = [];
  const problems: Problem[] = [];
  const apply = (override: Override, given: unknown): void => {
    value = setAt(value, override.path, given);
    applied.unshift(override);
  };

  for (const text of options.overrides) {
    const split = text.indexOf('=');
    const key = (split < 0 ? text : text.slice(0, split)).trim();
    const label = `--set ${key === '' ? '""' : printable(key, 60)}`;
    const found = split < 0 ? noValue(text) : resolveDotted(schema, value, key);
    if (found.ok) {
      const given = text.slice(split + 1);
      const several = readSeveral(given, label);
      if (several === undefined) apply({ path: found.path, label }, readYamlValue(given, label));
      else apply({ path: takesList(found.schema) ? found.path : ['sweep', key], label }, several);
    } else {
      // The place of a problem is looked up by its path; one that stands for no key gets a path of its own.
      const path = [label];
      applied.unshift({ path, label });
      problems.push({ ...problemAt(path, found.text), key: key === '' ? 'key' : printable(key, 60) });
    }
  }
  if (options.paths !== undefined) apply({ path: ['paths'], label: '--paths' }, options.paths);
  if (options.seed !== undefined) apply({ path: ['seed'], label: '--seed' }, seedOf(options.seed));

  return {
    value,
    applied,
    problems,
    place(path) {
      const index = applied.findIndex((override) => startsWith(path, override.path));
      const override = applied[index];
      return override && { text: override.label, order: AFTER_THE_FILE + applied.length - index };
    },
  };
}

/**
 * The values of `a,b,c`: what commas part outside quotes and brackets. Undefined where there are no such commas, or where
 * the text is not YAML either way, of which reading it as one value tells.
 */
function readSeveral(text: string, label: string): readonly unknown[] | undefined {
  if (!text.includes(',')) return undefined;
  try {
    const list = readYamlValue(`[${text}]`, label);
    return Array.isArray(list) && list.length > 1 ? list : undefined;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

function noValue(text: string): { readonly ok: false; readonly text: string } {
  const shown = printable(JSON.stringify(text), 60);
  return { ok: false, text: expectedText('key=value', shown, 'for example --set simulator.sigma=0.3') };
}

function seedOf(seed: string | number): string | number {
  return typeof seed === 'string' && /^-?\d+$/.test(seed) ? Number(seed) : seed;
}

/** True where an axis of the sweep would replace what an override sets. */
export function isReplacedBy(override: Override, sweptPath: Path): boolean {
  return startsWith(override.path, sweptPath);
}

/** The data without its sweep. */
export function withoutSweep(data: unknown): unknown {
  if (!isMapping(data)) return data;
  const { sweep: _, ...rest } = data;
  return rest;
}
