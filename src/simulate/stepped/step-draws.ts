/** The random numbers of the stepped scheme: a byte a step for the fills, one shock a step for the price. */
import type { FillShocks } from '../midprice/increments.ts';
import { Role } from '../random/roles.ts';
import { fillWords, type Key } from '../random/threefry.ts';
import { MAX_NORMALS } from '../random/ziggurat.ts';
import { byteWords, CHUNK, fillByteOf, shocks } from './stepped-path.ts';

if (CHUNK > MAX_NORMALS) throw new Error('a chunk of steps must fit the normals buffer');

const priceWords = new Int32Array(CHUNK);
const rest = new Int32Array(4);

/** Makes the numbers of steps first … first + count − 1 of a stream; `first` is a multiple of CHUNK, count at most that. */
export function drawSteps(
  key: Key,
  first: number,
  count: number,
  stream: number,
  reversed: boolean,
  fillShocks: FillShocks,
): void {
  const words = (count + 3) >> 2;
  fillWords(key, first >> 4, stream, 0, Role.fillBytes, byteWords, (words + 3) >> 2);
  // u → u + 1/2 (mod 1): the fills of a path, at the ends of [0, 1), lie where its antithetic twin has none.
  if (reversed) for (let i = 0; i < words; i++) byteWords[i] = byteWords[i]! ^ -0x7f7f7f80;
  fillWords(key, first >> 2, stream, 0, Role.price, priceWords, words);
  fillShocks(priceWords, count, first, stream, shocks);
}

/** The whole signed fill word of a step of the chunk that begins at `first`: its byte and 24 further bits. */
export function drawWholeWord(key: Key, first: number, i: number, stream: number): number {
  fillWords(key, first + i, stream, 0, Role.fillBytesTied, rest, 1);
  return ((fillByteOf(i) ^ 128) << 24) | (rest[0]! >>> 8);
}
