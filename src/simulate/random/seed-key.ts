import seedrandom from 'seedrandom';
import type { Key } from './threefry.ts';

/**
 * The 128-bit Threefry key of a user's seed. Integers and strings are seeds alike, and 42 and "42" are the same seed
 * (a command line cannot tell them apart). seedrandom's ARC4 key schedule mixes every character of the seed.
 */
export function keyFromSeed(seed: number | string): Key {
  const generator = seedrandom(String(seed));
  return [generator.int32(), generator.int32(), generator.int32(), generator.int32()];
}

/** The key of one asset of a portfolio; the first has that of the seed. */
export function keyOfAsset(seed: number | string, asset: number): Key {
  return asset === 0 ? keyFromSeed(seed) : keyFromSeed(`${seed} asset ${asset}`);
}

/** Names one path of a seed, as written in paths.csv: with it, the path can be simulated again on its own. */
export function seedKey(seed: number | string, path: number): string {
  return `${seed}/${path}`;
}
