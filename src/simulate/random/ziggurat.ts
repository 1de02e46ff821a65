/**
 * Standard normals by the ziggurat of Marsaglia & Tsang ("The ziggurat method for generating random variables",
 * J. Stat. Softw. 5(8), 2000) with 1024 layers. As Doornik (2005) asks, the layer and the abscissa come from different
 * bits: of each 32-bit word the low 10 choose the layer, the high 22 are a signed abscissa. About 0.3 % of the words fall
 * outside their layer's rectangle; they are listed in a first pass and settled in a second one from a stream of their own.
 */
import { exp, log } from '../../util/elementary.ts';
import { type RejectionStream, unit } from './rejection.ts';
import { fillWords } from './threefry.ts';
import { zigguratLayers } from './ziggurat-layers.ts';

/** Start of the tail and area of a layer: the r and v at which 1024 layers end at f(0) (Marsaglia & Tsang 2000, section 2). */
const TAIL = 4.038849846109505;
const AREA = 0.001226324646353088;
/** 2^21: abscissae are (u + 1/2)/2^21 of their layer's width, u an integer in [−2^21, 2^21): symmetric about 0. */
const HALF_RANGE = 2097152;

const f = (x: number): number => exp(-0.5 * x * x);
const { density, width, inside } = zigguratLayers(f, (y) => Math.sqrt(-2 * log(y)), TAIL, AREA, HALF_RANGE);

const rejected = new Int32Array(4096);
const fresh = new Int32Array(4);

/** The most words that one call of `wordsToNormals` takes. */
export const MAX_NORMALS = rejected.length;

/**
 * Turns words[0 … count − 1] into standard normals out[0 … count − 1]; both arrays hold `count` rounded up to a multiple
 * of 4. `position` is the place of words[0] in its stream; it names the fresh words of a rejected one, so that the result
 * does not depend on how a stream is cut up. Nothing is allocated.
 */
export function wordsToNormals(
  words: Int32Array,
  count: number,
  position: number,
  rejection: RejectionStream,
  out: Float64Array,
): void {
  const widths = width;
  const limits = inside;
  const list = rejected;
  let rejections = 0;
  // Four at a time, with one branch that looks at all: the engine checks each array once a round.
  for (let i = 0; i < count; i += 4) {
    const a = words[i]!;
    const b = words[i + 1]!;
    const c = words[i + 2]!;
    const d = words[i + 3]!;
    out[i] = ((a >> 10) + 0.5) * widths[a & 1023]!;
    out[i + 1] = ((b >> 10) + 0.5) * widths[b & 1023]!;
    out[i + 2] = ((c >> 10) + 0.5) * widths[c & 1023]!;
    out[i + 3] = ((d >> 10) + 0.5) * widths[d & 1023]!;
    // Negative inside the rectangle.
    const outsideA = magnitude(a) - limits[a & 1023]!;
    const outsideB = magnitude(b) - limits[b & 1023]!;
    const outsideC = magnitude(c) - limits[c & 1023]!;
    const outsideD = magnitude(d) - limits[d & 1023]!;
    if ((outsideA & outsideB & outsideC & outsideD) >= 0) {
      if (outsideA >= 0) list[rejections++] = i;
      if (outsideB >= 0) list[rejections++] = i + 1;
      if (outsideC >= 0) list[rejections++] = i + 2;
      if (outsideD >= 0) list[rejections++] = i + 3;
    }
  }
  for (let r = 0; r < rejections; r++) settle(words, list[r]!, position, rejection, out);
}

/** |u + 1/2| rounded down, u the signed abscissa in a word. */
function magnitude(word: number): number {
  return (word >> 10) ^ (word >> 31);
}

/** The wedge and tail tests for words[i], repeated on fresh words until one is accepted. */
function settle(words: Int32Array, i: number, position: number, rejection: RejectionStream, out: Float64Array): void {
  const { key, path, role } = rejection;
  let word = words[i]!;
  for (let attempt = 0; ; attempt++) {
    const layer = word & 1023;
    const u = word >> 10;
    const x = (u + 0.5) * width[layer]!;
    if (magnitude(word) < inside[layer]!) {
      out[i] = x;
      return;
    }
    fillWords(key, position + i, path, attempt, role, fresh, 1);
    if (layer === 0) {
      // Marsaglia's tail: x = r + e₁/r is accepted where 2 e₂ > (e₁/r)², e₁ and e₂ standard exponentials.
      const beyond = -log(unit(fresh[1]!)) / TAIL;
      // A rejected tail draw stays in the tail: the layer is already chosen.
      if (-2 * log(unit(fresh[2]!)) <= beyond * beyond) continue;
      out[i] = u < 0 ? -TAIL - beyond : TAIL + beyond;
      return;
    }
    const height = density[layer]! + unit(fresh[3]!) * (density[layer + 1]! - density[layer]!);
    if (height < f(x)) {
      out[i] = x;
      return;
    }
    word = fresh[0]!;
  }
}
