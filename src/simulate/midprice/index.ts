/** Every midprice model, in the order in which help and errors name them. A new one is one file and one line here. */
import { binomial } from './binomial.ts';
import { brownian } from './brownian.ts';
import type { MidpriceDefinition } from './increments.ts';

export const midprices: readonly MidpriceDefinition[] = [brownian, binomial];

/** The model named by a checked config. */
export function midpriceOf(type: string): MidpriceDefinition {
  const found = midprices.find((midprice) => midprice.type === type);
  if (found === undefined) throw new Error(`no midprice model of type ${type}`);
  return found;
}
