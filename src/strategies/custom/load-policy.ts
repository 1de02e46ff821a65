import { pathToFileURL } from 'node:url';
import type { Jiti } from 'jiti';
import type { Policy, PolicyFactory } from './policy-api.ts';

/** A module that holds no policy under the name asked for, or cannot be loaded. */
export class PolicyModuleError extends Error {
  override readonly name = 'PolicyModuleError';
}

/** The modules that this thread has loaded. */
const loaded = new Map<string, Promise<unknown>>();

/**
 * Loads a policy or a policy factory from a TypeScript or JavaScript module. Types are stripped, not checked.
 * @param file absolute path
 * @throws PolicyModuleError where the module cannot be loaded or its export is neither
 */
export async function loadPolicy(file: string, exportName: string): Promise<Policy | PolicyFactory> {
  const module = await (loaded.get(file) ?? load(file));
  const exports = typeof module === 'object' && module !== null ? Object.entries(module) : [];
  const found: unknown = exports.find(([name]) => name === exportName)?.[1];
  if (isPolicy(found) || isFactory(found)) return found;
  const names = exports.filter(([, value]) => isPolicy(value) || isFactory(value)).map(([name]) => name);
  const others = names.length > 0 ? `it exports ${names.join(', ')}` : 'it exports no policy';
  throw new PolicyModuleError(
    `${file}: expected an export "${exportName}" that is a function (t, q, S) => [bid, ask] or an object with create(), got ` +
      `${found === undefined ? 'none' : `a ${typeof found}`} (${others})`,
  );
}

function load(file: string): Promise<unknown> {
  const module = importModule(file).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    throw new PolicyModuleError(`${file}: cannot be loaded: ${message}`, { cause: error });
  });
  loaded.set(file, module);
  return module;
}

/** One loader a thread, loaded on first use since most runs do without; nothing is written to disk. */
let loader: Promise<Jiti> | undefined;

/** The engine itself loads an .mjs in a tenth of the loader's time, which is that of every thread. */
async function importModule(file: string): Promise<unknown> {
  if (!file.endsWith('.mjs')) return importByLoader(file);
  try {
    return await import(pathToFileURL(file).href);
  } catch {
    // The loader takes more (TypeScript, names without an ending, require), and says where a mistake is.
    return importByLoader(file);
  }
}

async function importByLoader(file: string): Promise<unknown> {
  loader ??= import('jiti').then(({ createJiti }) => createJiti(import.meta.url, { fsCache: false }));
  return (await loader).import(file);
}

function isPolicy(value: unknown): value is Policy {
  return typeof value === 'function';
}

function isFactory(value: unknown): value is PolicyFactory {
  return typeof value === 'object' && value !== null && 'create' in value && typeof value.create === 'function';
}
