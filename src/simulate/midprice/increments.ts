import type { z } from 'zod';
import type { Scheme } from '../../config/experiment.ts';

/**
 * Turns a path's price words into the midprice's shocks for steps position … position + count − 1, in units of
 * σ√dt: standard normals for a diffusion, ±1 for a binomial walk.
 */
export type FillShocks = (words: Int32Array, count: number, position: number, path: number, out: Float64Array) => void;

/** A kind of midprice with independent increments μ dt + σ√dt · shock. */
export interface MidpriceDefinition {
  readonly type: string;
  readonly summary: string;
  readonly params: z.ZodObject;
  /** The schemes that it works with; absent where it works with all. */
  readonly schemes?: readonly Scheme[];
  /** Makes the shock function of one stream key, once for each block of paths. */
  createShocks(key: readonly [number, number, number, number]): FillShocks;
}
