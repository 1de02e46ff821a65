/** Every midprice model, in the order in which help and errors name them. A new one is one file and one line here. */
import type { Key } from '../random/threefry.ts';
import { binomial } from './binomial.ts';
import { brownian } from './brownian.ts';
import { cev } from './cev.ts';
import { geometric } from './geometric.ts';
import { heston } from './heston.ts';
import type { FillShocks, MidpriceDefinition } from './increments.ts';
import { merton } from './merton.ts';
import { ornsteinUhlenbeck } from './ornstein-uhlenbeck.ts';

export const midprices: readonly MidpriceDefinition[] = [
  brownian,
  binomial,
  geometric,
  ornsteinUhlenbeck,
  merton,
  heston,
  cev,
];

/** The model named by a checked config. */
export function midpriceOf(type: string): MidpriceDefinition {
  const found = midprices.find((midprice) => midprice.type === type);
  if (found === undefined) throw new Error(`no midprice model of type ${type}`);
  return found;
}

/** The shocks of a model with independent increments. */
export function shocksOf(type: string, key: Key): FillShocks {
  const { createShocks } = midpriceOf(type);
  if (createShocks === undefined) throw new Error(`midprice ${type} must be walked along the path`);
  return createShocks(key);
}
