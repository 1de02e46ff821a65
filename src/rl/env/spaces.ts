/** Spaces of observations and actions, after Gymnasium's (Towers et al., "Gymnasium", 2024). */

/** Uniform numbers on (0, 1). */
export interface UniformSource {
  next(): number;
}

/** Vectors of bounded or unbounded numbers. */
export interface Box {
  readonly type: 'box';
  readonly shape: readonly [number];
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** True for a vector of this shape within the bounds, NaN excluded. */
  contains(value: unknown): boolean;
  /** Uniform between finite bounds; of an unbounded component the middle of [−1, 1] is moved to its bound. */
  sample(random: UniformSource): Float64Array;
}

/** The integers 0 … n − 1. */
export interface Discrete {
  readonly type: 'discrete';
  readonly n: number;
  contains(value: unknown): boolean;
  sample(random: UniformSource): number;
}

export type Space = Box | Discrete;

/** @throws RangeError where the bounds differ in length or one of them is above its other */
export function box(low: ArrayLike<number>, high: ArrayLike<number>): Box {
  const [least, most] = [Float64Array.from(low), Float64Array.from(high)];
  if (least.length !== most.length || least.length === 0 || least.some((bound, i) => !(bound <= most[i]!))) {
    throw new RangeError(`box: expected bounds low <= high of one length, got [${least}] and [${most}]`);
  }
  return {
    type: 'box',
    shape: [least.length],
    low: least,
    high: most,
    contains(value) {
      if (!(value instanceof Float64Array) && !(value instanceof Float32Array) && !Array.isArray(value)) return false;
      if (value.length !== least.length) return false;
      for (let i = 0; i < least.length; i++) {
        const component: unknown = value[i];
        if (typeof component !== 'number' || !(component >= least[i]! && component <= most[i]!)) return false;
      }
      return true;
    },
    sample: (random) =>
      Float64Array.from(least, (bound, i) => {
        const top = most[i]!;
        const from = Number.isFinite(bound) ? bound : Number.isFinite(top) ? top - 2 : -1;
        const to = Number.isFinite(top) ? top : from + 2;
        return from + (to - from) * random.next();
      }),
  };
}

/** @throws RangeError where n is no positive integer */
export function discrete(n: number): Discrete {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`discrete: expected a number of actions above 0, got ${n}`);
  return {
    type: 'discrete',
    n,
    contains: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < n,
    sample: (random) => Math.floor(n * random.next()),
  };
}
