import type { z } from 'zod';
import type { SimulatorParameters } from '../../config/experiment.ts';
import type { Key } from '../random/threefry.ts';

/** The side of the maker that a market order can hit: a sell order hits the bid, a buy order the ask. */
export const Side = { bid: 0, ask: 1 } as const;
export type Side = (typeof Side)[keyof typeof Side];

/**
 * The market orders of one path after time 0, one after the other. An order carries a mark, uniform on [0, ceiling): a
 * quote at distance δ is filled by it where mark < Λ(δ), the depth law's reach. So fills come with intensity
 * rate(t)·Λ(δ) on each side (thinning; Lewis & Shedler 1979), and orders do not depend on the strategy.
 */
export interface OrderFlow {
  /** When the order comes; Infinity where there are no more. Undefined before the first `advance`. */
  readonly time: number;
  readonly side: Side;
  readonly mark: number;
  /** Goes to the start of a path; `reversed` gives its antithetic twin. */
  start(path: number, reversed: boolean): void;
  /** Moves to the next order. */
  advance(): void;
}

/** A kind of market order arrivals. */
export interface ArrivalDefinition {
  readonly type: string;
  readonly summary: string;
  readonly params: z.ZodObject;
  /** True for all but the one that the tabulated kernels know. */
  readonly pathwise?: boolean;
  /** True where the rate is random, so that `fill: linear` has no meaning. */
  readonly randomRate?: boolean;
  /**
   * Makes the order flow of one stream key, once for each block of paths.
   * @param ceiling the largest reach of any quote, at least 1; orders with marks above 1 fill quotes through the mid only
   */
  createFlow(params: unknown, market: SimulatorParameters, ceiling: number, key: Key): OrderFlow;
  /** Market orders per unit of time and side at time t, where that is no random quantity; absent otherwise. */
  readonly rate?: (params: unknown, market: SimulatorParameters, t: number) => number;
  /** Expected market orders a side on [0, T]: what a path costs, and the mean that tests hold it to. */
  expectedOrders(params: unknown, market: SimulatorParameters): number;
}

/** Ties a parameter schema to the functions that use its values. `createRate` is asked once for a cell, its result at every step. */
export function defineArrivals<P extends z.ZodObject>(definition: {
  readonly type: string;
  readonly summary: string;
  readonly params: P;
  readonly pathwise?: boolean;
  readonly randomRate?: boolean;
  readonly createFlow: (params: z.output<P>, market: SimulatorParameters, ceiling: number, key: Key) => OrderFlow;
  readonly createRate?: (params: z.output<P>, market: SimulatorParameters) => (t: number) => number;
  readonly expectedOrders: (params: z.output<P>, market: SimulatorParameters) => number;
}): ArrivalDefinition {
  const { createFlow, createRate, expectedOrders, ...named } = definition;
  const read = (params: unknown): z.output<P> => definition.params.parse(params);
  return {
    ...named,
    createFlow: (params, market, ceiling, key) => createFlow(read(params), market, ceiling, key),
    ...(createRate === undefined ? {} : { rate: memoised((params, market) => createRate(read(params), market)) }),
    expectedOrders: (params, market) => expectedOrders(read(params), market),
  };
}

/** Keeps the latest market's rate, so that a step does not make it anew. */
function memoised(
  create: (params: unknown, market: SimulatorParameters) => (t: number) => number,
): NonNullable<ArrivalDefinition['rate']> {
  let latest: undefined | { readonly params: unknown; readonly market: object; readonly rate: (t: number) => number };
  return (params, market, t) => {
    if (latest === undefined || latest.params !== params || latest.market !== market) {
      latest = { params, market, rate: create(params, market) };
    }
    return latest.rate(t);
  };
}
