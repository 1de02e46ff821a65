/** The random numbers of the event scheme's fills: a standard exponential each, and a byte of the mark that tells the side. */
import { log } from '../../util/elementary.ts';
import { wordsToExponentials } from '../random/exponential.ts';
import { type RejectionStream, unit } from '../random/rejection.ts';
import { Role } from '../random/roles.ts';
import { fillWords, type Key } from '../random/threefry.ts';
import { hazards, MOST_FILLS, markWords } from './event-path.ts';

const words = new Int32Array(MOST_FILLS);
const tied = new Int32Array(4);

/**
 * Makes fills first … first + count − 1 of a stream; both are multiples of FILLS, and count is at most MOST_FILLS. What is
 * made does not depend on how a stream is cut up.
 */
export function drawFills(key: Key, first: number, count: number, rejection: RejectionStream): void {
  fillWords(key, first >> 2, rejection.path, 0, Role.arrivalWait, words, count >> 2);
  wordsToExponentials(words, count, first, rejection, hazards);
  fillWords(key, first >> 4, rejection.path, 0, Role.arrivalSide, markWords, count >> 4);
}

/**
 * The same for antithetic pairs: −ln u for the first of a pair and −ln(1 − u) for the second, by inversion, since the
 * ziggurat's exponentials do not grow with their words. A pair's hazards then have a correlation of 1 − π²/6.
 */
export function drawAntitheticFills(key: Key, first: number, count: number, stream: number, reversed: boolean): void {
  fillWords(key, first >> 2, stream, 0, Role.arrivalWait, words, count >> 2);
  // ~word is the word of 1 − u.
  const flip = reversed ? -1 : 0;
  for (let i = 0; i < count; i++) hazards[i] = -log(unit(words[i]! ^ flip));
  fillWords(key, first >> 4, stream, 0, Role.arrivalSide, markWords, count >> 4);
}

/** The lower 22 bits of a fill's mark. */
export function drawRestOfMark(key: Key, fill: number, stream: number): number {
  fillWords(key, fill, stream, 0, Role.arrivalSideTied, tied, 1);
  return tied[0]! >>> 10;
}
