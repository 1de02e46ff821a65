import { isMapping, type Path, valueAt } from './path.ts';

/** Keys of `sweep:` that are not dotted paths. */
export const SWEEP_KEYS = ['zip', 'cases', 'sample', 'exclude'] as const;

/** True where the steps of a path beneath `sweep` end and one dotted path begins, which is a single key. */
export function holdsDottedPaths(data: unknown, path: Path, rest: string): boolean {
  const [top, key, step] = path;
  if (top !== 'sweep') return false;
  const isReserved = (word: unknown): boolean => SWEEP_KEYS.some((known) => known === word);
  if (path.length === 1) return !isReserved(rest.split('.', 1)[0]);
  if (key === 'sample') return path.length === 3 && step === 'axes';
  if (path.length === 2) return isReserved(key) && isMapping(valueAt(data, path));
  return path.length === 3 && isReserved(key) && typeof step === 'number';
}
