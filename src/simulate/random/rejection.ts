import type { Key } from './threefry.ts';

/** Where a path's rejected draws take their fresh words: counter (position, path, attempt, role). */
export interface RejectionStream {
  readonly key: Key;
  path: number;
  readonly role: number;
}

/** A word as a number in (0, 1): (w + 1/2)/2^32 with w unsigned. */
export function unit(word: number): number {
  return ((word >>> 0) + 0.5) * 2.3283064365386963e-10;
}
