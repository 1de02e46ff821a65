/**
 * Standard normals by the ziggurat of Marsaglia & Tsang ("The ziggurat method for generating random variables",
 * J. Stat. Softw. 5(8), 2000) with 256 layers. As Doornik (2005) asks, the layer and the abscissa come from different
 * bits: of each 32-bit word the low 8 choose the layer, the high 24 are a signed abscissa. About 1.2 % of the words fall
 * outside their layer's rectangle; they are listed in a first pass and settled in a second one from a stream of their own.
 */
import { exp, log } from '../../util/elementary.ts';
import { type RejectionStream, unit } from './rejection.ts';
import { fillWords } from './threefry.ts';
import { zigguratLayers } from './ziggurat-layers.ts';

/** Start of the tail and area of a layer for 256 layers (Marsaglia & Tsang 2000, section 2). */
const TAIL = 3.6541528853610088;
const AREA = 0.00492867323399;
/** 2^23: abscissae are (u + 1/2)/2^23 of their layer's width, u an integer in [−2^23, 2^23): symmetric about 0. */
const HALF_RANGE = 8388608;

const f = (x: number): number => exp(-0.5 * x * x);
const { density, width, inside } = zigguratLayers(f, (y) => Math.sqrt(-2 * log(y)), TAIL, AREA, HALF_RANGE);

const rejected = new Int32Array(4096);
const fresh = new Int32Array(4);

/** The most words that one call of `wordsToNormals` takes. */
export const MAX_NORMALS = rejected.length;

/**
 * Turns words[0 … count − 1] into standard normals out[0 … count − 1]. `position` is the place of words[0] in its
 * stream; it names the fresh words of a rejected one, so that the result does not depend on how a stream is cut up.
 */
export function wordsToNormals(
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
    const u = word >> 8;
    out[i] = (u + 0.5) * width[layer]!;
    if ((u ^ (u >> 31)) >= inside[layer]!) rejected[rejections++] = i;
  }
  for (let r = 0; r < rejections; r++) {
    const i = rejected[r]!;
    out[i] = settle(words[i]!, position + i, rejection);
  }
}

/** The wedge and tail tests, repeated on fresh words until one is accepted. */
function settle(first: number, position: number, rejection: RejectionStream): number {
  let word = first;
  for (let attempt = 0; ; attempt++) {
    const layer = word & 255;
    const u = word >> 8;
    const x = (u + 0.5) * width[layer]!;
    if ((u ^ (u >> 31)) < inside[layer]!) return x;
    fillWords(rejection.key, position, rejection.path, attempt, rejection.role, fresh, 1);
    if (layer === 0) {
      // Marsaglia's tail: x = r + e₁/r is accepted where 2 e₂ > (e₁/r)², e₁ and e₂ standard exponentials.
      const beyond = -log(unit(fresh[1]!)) / TAIL;
      if (-2 * log(unit(fresh[2]!)) > beyond * beyond) return u < 0 ? -TAIL - beyond : TAIL + beyond;
      // A rejected tail draw stays in the tail: the layer is already chosen.
      continue;
    }
    const height = density[layer]! + unit(fresh[3]!) * (density[layer + 1]! - density[layer]!);
    if (height < f(x)) return x;
    word = fresh[0]!;
  }
}
