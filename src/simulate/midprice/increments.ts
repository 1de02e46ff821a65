import type { z } from 'zod';
import type { OwnSteps } from '../../config/catalogue.ts';
import type { Scheme, SimulatorParameters } from '../../config/experiment.ts';
import type { NumberStream } from '../random/path-stream.ts';
import type { Key } from '../random/threefry.ts';

/**
 * Turns a path's price words into the midprice's shocks for steps position … position + count − 1, in units of
 * σ√dt: standard normals for a diffusion, ±1 for a binomial walk.
 */
export type FillShocks = (words: Int32Array, count: number, position: number, path: number, out: Float64Array) => void;

/** A midprice on its way along one path. */
export interface MidpriceProcess {
  /** Goes to the start of a path: latent states and own streams to their beginning. The caller starts the normals. */
  start(path: number, reversed: boolean): void;
  /** The midprice a time dt > 0 after it was `price`. A jump of `price` between calls, by impact, is allowed. */
  advance(price: number, dt: number): number;
}

/** What a midprice process is made with. */
export interface MidpriceContext {
  readonly market: SimulatorParameters;
  /** Standard normals that drive the price itself; a process with an explicit step draws the same number for each advance. */
  readonly normals: NumberStream;
  /** Key of the streams that a process keeps for itself: a latent variance, jumps. */
  readonly key: Key;
}

/** A kind of midprice. */
export interface MidpriceDefinition {
  readonly type: string;
  readonly summary: string;
  readonly params: z.ZodObject;
  /** The schemes that it works with; absent where it works with all. */
  readonly schemes?: readonly Scheme[];
  /** True where dt and no chance says how many of the context's normals an advance takes, and they are all that is Brownian. */
  readonly correlates?: boolean;
  /** See CatalogueEntry. */
  readonly ownSteps?: (params: unknown, market: Pick<SimulatorParameters, 'T' | 'dt'>) => OwnSteps;
  /**
   * Makes the shock function of one stream key, where increments are independent, μ dt + σ√dt · shock, and identically
   * distributed for equal dt: such a price needs no walk along the path. Absent otherwise.
   */
  readonly createShocks?: (key: Key) => FillShocks;
  /** Makes the process for walks along a path, once for each block of paths. */
  createProcess(params: unknown, context: MidpriceContext): MidpriceProcess;
}
