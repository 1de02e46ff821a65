/** Spaces of observations and actions, after Gymnasium's (Towers et al., "Gymnasium", 2024). */
import { UniformStream } from '../../simulate/random/path-stream.ts';
import { Role } from '../../simulate/random/roles.ts';
import { keyFromSeed } from '../../simulate/random/seed-key.ts';

/** Uniform numbers on (0, 1). */
export interface UniformSource {
  next(): number;
}

/** What spaces have in common. */
interface Sampled {
  /** Begins the space's own random numbers; a space that was not seeded has those of seed 0. */
  seed(seed: number | string): void;
}

/** Vectors of bounded or unbounded numbers. */
export interface Box extends Sampled {
  readonly type: 'box';
  readonly shape: readonly [number];
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** True for a vector of this shape within the bounds, NaN excluded. */
  contains(value: unknown): boolean;
  /** Uniform between finite bounds; a component without one is uniform on an interval of length 2 that ends at the other, or around 0. */
  sample(random?: UniformSource): Float64Array;
}

/** The integers 0 … n − 1. */
export interface Discrete extends Sampled {
  readonly type: 'discrete';
  readonly n: number;
  contains(value: unknown): boolean;
  sample(random?: UniformSource): number;
}

export type Space = Box | Discrete;

/** @throws RangeError where the bounds differ in length or one of them is above its other */
export function box(low: ArrayLike<number>, high: ArrayLike<number>): Box {
  const [least, most] = [Float64Array.from(low), Float64Array.from(high)];
  if (least.length !== most.length || least.length === 0 || least.some((bound, i) => !(bound <= most[i]!))) {
    throw new RangeError(`box: expected bounds low <= high of one length, got [${least}] and [${most}]`);
  }
  const own = new OwnNumbers();
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
    seed: (seed) => own.seed(seed),
    sample: (random = own) =>
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
  const own = new OwnNumbers();
  return {
    type: 'discrete',
    n,
    contains: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < n,
    seed: (seed) => own.seed(seed),
    sample: (random = own) => Math.floor(n * random.next()),
  };
}

class OwnNumbers implements UniformSource {
  #stream = streamOf(0);

  seed(seed: number | string): void {
    this.#stream = streamOf(seed);
  }

  next(): number {
    return this.#stream.next();
  }
}

function streamOf(seed: number | string): UniformStream {
  const stream = new UniformStream(keyFromSeed(`${seed}/space`), Role.policyUniform);
  stream.start(0, false);
  return stream;
}
