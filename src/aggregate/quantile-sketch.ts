import { DDSketch } from '@datadog/sketches-js';
import { exp, expm1, log1p } from '../util/elementary.ts';
import type { OrderStatistics } from './order-statistics.ts';

/** Relative width of a bin: h below. */
const BIN_WIDTH = 2e-5;
/** Bins on either side of the centre: values up to e^84 scales away. */
const MOST_BINS = 2 ** 22;
/** Bins that are added to a store at once; see `reserve`. */
const STRIDE = 2 ** 15;

type Mapping = DDSketch['mapping'];
type Store = DDSketch['store'];

/** A sketch as plain values; distances and keys are those of CentredMapping. */
export interface SketchContent {
  readonly centre: number;
  readonly scale: number;
  /** Smallest and largest value less the centre. */
  readonly min: number;
  readonly max: number;
  /** Paths at the centre itself, and in the bins below and above it. */
  readonly zeros: number;
  readonly below: Bins;
  readonly above: Bins;
}

/** The bins that hold a path, by ascending key. */
export interface Bins {
  readonly keys: readonly number[];
  readonly paths: readonly number[];
}

/**
 * Bin k = 1, 2, … holds the distances d > 0 from the centre with (k − 1) h < ln(1 + d/s) <= k h, so that it is at most
 * (e^h − 1)(s + d) wide: s h near the centre, relative to d far from it. The library's own mapping, ln d, spends its bins next
 * to 0, is relative to a distance from 0 that says nothing of the spread, and takes Math.log2, whose last bit depends on the
 * JavaScript engine.
 */
class CentredMapping implements Mapping {
  readonly relativeAccuracy = BIN_WIDTH / 2;
  readonly gamma = exp(BIN_WIDTH);
  readonly minPossible = 0;
  readonly maxPossible = Number.MAX_VALUE;
  readonly #scale: number;

  constructor(scale: number) {
    this.#scale = scale;
  }

  key(distance: number): number {
    return Math.max(1, Math.ceil(log1p(distance / this.#scale) / BIN_WIDTH));
  }

  /** The far end of a bin. */
  end(key: number): number {
    return this.#scale * expm1(key * BIN_WIDTH);
  }

  value(key: number): number {
    return (this.end(key - 1) + this.end(key)) / 2;
  }

  toProto(): never {
    throw new Error('a sketch with a centred mapping has no serial form');
  }
}

/**
 * Order statistics of a column too long to be kept: a DDSketch (Masson, Rim & Lee, PVLDB 12(12), 2019) of the distances from a
 * centre, which counts values in bins whose width is known. An order statistic is found in its bin exactly, and within
 * it by linear interpolation, so that its error is at most the bin's width (e^h − 1)(s + |x − centre|), h = 2e-5. Adding
 * chunks one after the other, or their sketches in any order, gives the same sketch as adding all values at once. Memory: 8 bytes a bin,
 * about 2 MB for values within ten scales.
 */
export class QuantileSketch {
  readonly #centre: number;
  readonly #scale: number;
  readonly #mapping: CentredMapping;
  readonly #sketch = new DDSketch();

  /**
   * @param centre about the median, in the column's units
   * @param scale about the distance of its quartiles or tails, in the column's units
   * @throws RangeError unless the centre is finite and the scale finite and positive
   */
  constructor(centre: number, scale: number) {
    if (!(Number.isFinite(centre) && scale > 0 && scale < Infinity)) {
      throw new RangeError(`sketch: expected a finite centre and a scale > 0, got ${centre} and ${scale}`);
    }
    this.#centre = centre;
    this.#scale = scale;
    this.#mapping = new CentredMapping(scale);
    this.#sketch.mapping = this.#mapping;
  }

  /** Adds a checked column; O(n). Throws RangeError for a value further than e^84 scales from the centre. */
  add(values: Float64Array): void {
    let low = 0;
    let high = 0;
    for (let i = 0; i < values.length; i++) {
      const distance = values[i]! - this.#centre;
      if (distance < low) low = distance;
      if (distance > high) high = distance;
    }
    if (low < 0) this.#reserve(this.#sketch.negativeStore, this.#lastKey(-low));
    if (high > 0) this.#reserve(this.#sketch.store, this.#lastKey(high));
    for (let i = 0; i < values.length; i++) this.#sketch.accept(values[i]! - this.#centre);
  }

  /** What it holds, as a copy; O(bins). */
  content(): SketchContent {
    const { negativeStore, zeroCount, store, min, max } = this.#sketch;
    const place = { centre: this.#centre, scale: this.#scale };
    return { ...place, min, max, zeros: zeroCount, below: binsOf(negativeStore), above: binsOf(store) };
  }

  /**
   * Adds what another sketch holds, which gives the very sketch of both columns; O(bins).
   * @throws RangeError unless both have one centre and one scale
   */
  addContent({ centre, scale, min, max, zeros, below, above }: SketchContent): void {
    if (centre !== this.#centre || scale !== this.#scale) {
      const of = (c: number, s: number): string => `centre ${c} and scale ${s}`;
      throw new RangeError(`sketch: expected ${of(this.#centre, this.#scale)}, got ${of(centre, scale)}`);
    }
    const sketch = this.#sketch;
    this.#addBins(sketch.negativeStore, below);
    this.#addBins(sketch.store, above);
    sketch.zeroCount += zeros;
    sketch.count = sketch.negativeStore.count + sketch.zeroCount + sketch.store.count;
    sketch.min = Math.min(sketch.min, min);
    sketch.max = Math.max(sketch.max, max);
  }

  /** The order statistics of all values so far; O(bins). Throws RangeError where there is none. */
  statistics(): OrderStatistics {
    const { count } = this.#sketch;
    if (count === 0) throw new RangeError('sketch: expected at least one value, got none');
    const { lows, highs, paths } = this.#bins();
    const ranks = new Float64Array(paths.length);
    for (let i = 1; i < ranks.length; i++) ranks[i] = ranks[i - 1]! + paths[i - 1]!;
    const at = (rank: number): number => {
      const bin = lastBelow(ranks, rank);
      return lows[bin]! + ((highs[bin]! - lows[bin]!) * (rank - ranks[bin]! - 0.5)) / paths[bin]!;
    };
    return {
      count,
      at,
      quantile(p) {
        const place = (count - 1) * p;
        const below = Math.floor(place);
        const value = at(below + 1);
        return place > below ? value + (place - below) * (at(below + 2) - value) : value;
      },
      ascend(visit) {
        for (let i = 0; i < paths.length && visit((lows[i]! + highs[i]!) / 2, paths[i]!); i++);
      },
      errorAt: (value) => expm1(BIN_WIDTH) * (this.#scale + Math.abs(value - this.#centre)),
    };
  }

  #addBins(store: Store, { keys, paths }: Bins): void {
    const last = keys.at(-1);
    if (last === undefined) return;
    this.#reserve(store, last);
    for (let i = 0; i < keys.length; i++) store.add(keys[i]!, paths[i]!);
  }

  #lastKey(distance: number): number {
    const last = this.#mapping.key(distance);
    if (last <= MOST_BINS) return last;
    throw new RangeError(
      `percentiles: PnL ${distance} from its median spans too much for a sketch (use statistics: exact)`,
    );
  }

  /** Grows a store to hold a bin. The library hands all new bins to one call, and so many arguments overflow its stack. */
  #reserve(store: Store, last: number): void {
    if (store.length() === 0) store.add(1, 0);
    while (store.maxKey < last) store.add(Math.min(last, store.maxKey + STRIDE), 0);
  }

  /** The bins that hold a path, ascending; the ends cut to the smallest and largest value. */
  #bins(): { readonly lows: number[]; readonly highs: number[]; readonly paths: number[] } {
    const { negativeStore, zeroCount, store, min, max } = this.#sketch;
    const lows: number[] = [];
    const highs: number[] = [];
    const paths: number[] = [];
    const push = (low: number, high: number, count: number): void => {
      if (count === 0) return;
      lows.push(this.#centre + Math.max(low, min));
      highs.push(this.#centre + Math.min(high, max));
      paths.push(count);
    };
    const end = (key: number): number => this.#mapping.end(key);
    for (let i = negativeStore.length() - 1; i >= 0; i--) {
      const key = i + negativeStore.offset;
      push(-end(key), -end(key - 1), negativeStore.bins[i]!);
    }
    push(0, 0, zeroCount);
    for (let i = 0; i < store.length(); i++) push(end(i + store.offset - 1), end(i + store.offset), store.bins[i]!);
    return { lows, highs, paths };
  }
}

function binsOf(store: Store): Bins {
  const keys: number[] = [];
  const paths: number[] = [];
  for (let i = 0; i < store.length(); i++) {
    const held = store.bins[i]!;
    if (held === 0) continue;
    keys.push(i + store.offset);
    paths.push(held);
  }
  return { keys, paths };
}

/** The last index whose entry is below `rank`; entries ascend from 0. */
function lastBelow(ranks: Float64Array, rank: number): number {
  let low = 0;
  let high = ranks.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (ranks[middle]! < rank) low = middle;
    else high = middle;
  }
  return low;
}
