/**
 * Standard exponentials by the ziggurat of Marsaglia & Tsang (2000) with 1024 layers: of each 32-bit word the low 10 bits
 * choose the layer, the high 22 are the abscissa. As for normals, words outside their layer's rectangle (about 0.3 %) are
 * listed in a first pass and settled in a second one from a stream of their own.
 */
import { exp, log } from '../../util/elementary.ts';
import { type RejectionStream, unit } from './rejection.ts';
import { fillWords } from './threefry.ts';
import { zigguratLayers } from './ziggurat-layers.ts';

/** Start of the tail and area of a layer: the r and v at which 1024 layers end at f(0) (Marsaglia & Tsang 2000, section 2). */
const TAIL = 9.256164544265545;
const AREA = 0.0009796789906620208;
/** 2^22: abscissae are (u + 1/2)/2^22 of their layer's width, u an integer in [0, 2^22). */
const RANGE = 4194304;

const f = (x: number): number => exp(-x);
const { density, width, inside } = zigguratLayers(f, (y) => -log(y), TAIL, AREA, RANGE);

const rejected = new Int32Array(4096);
const fresh = new Int32Array(4);

/**
 * Turns words[0 … count − 1] into standard exponentials out[0 … count − 1], count <= 4096; both arrays hold `count` rounded
 * up to a multiple of 4. `position` is the place of words[0] in its stream; it names the fresh words of a rejected one.
 * Nothing is allocated.
 */
export function wordsToExponentials(
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
  // Four at a time, as for normals.
  for (let i = 0; i < count; i += 4) {
    const a = words[i]!;
    const b = words[i + 1]!;
    const c = words[i + 2]!;
    const d = words[i + 3]!;
    out[i] = ((a >>> 10) + 0.5) * widths[a & 1023]!;
    out[i + 1] = ((b >>> 10) + 0.5) * widths[b & 1023]!;
    out[i + 2] = ((c >>> 10) + 0.5) * widths[c & 1023]!;
    out[i + 3] = ((d >>> 10) + 0.5) * widths[d & 1023]!;
    // Negative inside the rectangle.
    const outsideA = (a >>> 10) - limits[a & 1023]!;
    const outsideB = (b >>> 10) - limits[b & 1023]!;
    const outsideC = (c >>> 10) - limits[c & 1023]!;
    const outsideD = (d >>> 10) - limits[d & 1023]!;
    if ((outsideA & outsideB & outsideC & outsideD) >= 0) {
      if (outsideA >= 0) list[rejections++] = i;
      if (outsideB >= 0) list[rejections++] = i + 1;
      if (outsideC >= 0) list[rejections++] = i + 2;
      if (outsideD >= 0) list[rejections++] = i + 3;
    }
  }
  for (let r = 0; r < rejections; r++) settle(words, list[r]!, position, rejection, out);
}

/** The wedge test for words[i], repeated on fresh words until one is accepted; the tail is the same law again, moved by r. */
function settle(words: Int32Array, i: number, position: number, rejection: RejectionStream, out: Float64Array): void {
  const { key, path, role } = rejection;
  let word = words[i]!;
  for (let attempt = 0; ; attempt++) {
    const layer = word & 1023;
    const u = word >>> 10;
    const x = (u + 0.5) * width[layer]!;
    if (u < inside[layer]!) {
      out[i] = x;
      return;
    }
    fillWords(key, position + i, path, attempt, role, fresh, 1);
    if (layer === 0) {
      out[i] = TAIL - log(unit(fresh[1]!));
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
