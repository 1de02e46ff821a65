/**
 * Standard exponentials by the ziggurat of Marsaglia & Tsang (2000) with 256 layers: of each 32-bit word the low 8 bits
 * choose the layer, the high 24 are the abscissa. As for normals, words outside their layer's rectangle (about 1.1 %) are
 * listed in a first pass and settled in a second one from a stream of their own.
 */
import { exp, log } from '../../util/elementary.ts';
import { type RejectionStream, unit } from './rejection.ts';
import { fillWords } from './threefry.ts';
import { zigguratLayers } from './ziggurat-layers.ts';

/** Start of the tail and area of a layer for 256 layers (Marsaglia & Tsang 2000, section 2). */
const TAIL = 7.69711747013105;
const AREA = 0.003949659822581557;
/** 2^24: abscissae are (u + 1/2)/2^24 of their layer's width, u an integer in [0, 2^24). */
const RANGE = 16777216;

const f = (x: number): number => exp(-x);
const { density, width, inside } = zigguratLayers(f, (y) => -log(y), TAIL, AREA, RANGE);

const rejected = new Int32Array(4096);
const fresh = new Int32Array(4);

/**
 * Turns words[0 … count − 1] into standard exponentials out[0 … count − 1], count <= 4096. `position` is the place of
 * words[0] in its stream; it names the fresh words of a rejected one.
 */
export function wordsToExponentials(
  words: Int32Array,
  count: number,
  position: number,
  rejection: RejectionStream,
  out: Float64Array,
): void {
  let rejections = 0;
  for (let i = 0; i < count; i++) {
    const word = words[i]!;
    const layer = word & 255;
    const u = word >>> 8;
    out[i] = (u + 0.5) * width[layer]!;
    if (u >= inside[layer]!) rejected[rejections++] = i;
  }
  for (let r = 0; r < rejections; r++) {
    const i = rejected[r]!;
    out[i] = settle(words[i]!, position + i, rejection);
  }
}

/** The wedge test, repeated on fresh words until one is accepted; the tail is the same law again, moved by r. */
function settle(first: number, position: number, rejection: RejectionStream): number {
  let word = first;
  for (let attempt = 0; ; attempt++) {
    const layer = word & 255;
    const u = word >>> 8;
    const x = (u + 0.5) * width[layer]!;
    if (u < inside[layer]!) return x;
    fillWords(rejection.key, position, rejection.path, attempt, rejection.role, fresh, 1);
    if (layer === 0) return TAIL - log(unit(fresh[1]!));
    const height = density[layer]! + unit(fresh[3]!) * (density[layer + 1]! - density[layer]!);
    if (height < f(x)) return x;
    word = fresh[0]!;
  }
}
