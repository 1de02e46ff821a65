/** The random numbers of the event scheme's fills: a standard exponential and a 30-bit mark each. */
import { log } from '../../util/elementary.ts';
import { wordsToExponentials } from '../random/exponential.ts';
import { type RejectionStream, unit } from '../random/rejection.ts';
import { Role } from '../random/roles.ts';
import { fillWords, type Key } from '../random/threefry.ts';

/** Fills whose random numbers are made together; few, since on average half of them are left over at a path's end. */
export const FILLS = 32;

/** Standard exponentials: the hazard from one fill to the next. */
export const hazards = new Float64Array(FILLS);
/** Words whose upper 30 bits are the marks: uniform in [0, 2^30), so that a share of 0 or 1 is exact in 32-bit integers. */
export const markWords = new Int32Array(FILLS);

const words = new Int32Array(FILLS);

/** Makes fills first … first + FILLS − 1 of a stream. */
export function drawFills(key: Key, first: number, rejection: RejectionStream): void {
  fillWords(key, first >> 2, rejection.path, 0, Role.arrivalWait, words, FILLS / 4);
  wordsToExponentials(words, FILLS, first, rejection, hazards);
  fillWords(key, first >> 2, rejection.path, 0, Role.arrivalMark, markWords, FILLS / 4);
}

/**
 * The same for antithetic pairs: −ln u for the first of a pair and −ln(1 − u) for the second, by inversion, since the
 * ziggurat's exponentials do not grow with their words. A pair's hazards then have a correlation of 1 − π²/6.
 */
export function drawAntitheticFills(key: Key, first: number, stream: number, reversed: boolean): void {
  fillWords(key, first >> 2, stream, 0, Role.arrivalWait, words, FILLS / 4);
  // ~word is the word of 1 − u.
  const flip = reversed ? -1 : 0;
  for (let i = 0; i < FILLS; i++) hazards[i] = -log(unit(words[i]! ^ flip));
  fillWords(key, first >> 2, stream, 0, Role.arrivalMark, markWords, FILLS / 4);
}
