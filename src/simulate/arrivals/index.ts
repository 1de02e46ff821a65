/** Every kind of market order arrivals, in the order in which help and errors name them. A new one is one file and one line here. */
import { hawkes } from './hawkes.ts';
import { intraday } from './intraday.ts';
import type { ArrivalDefinition } from './order-flow.ts';
import { poisson } from './poisson.ts';
import { schedule } from './schedule.ts';

export const arrivals: readonly ArrivalDefinition[] = [poisson, intraday, schedule, hawkes];

/** The kind named by a checked config. */
export function arrivalsOf(type: string): ArrivalDefinition {
  const found = arrivals.find((definition) => definition.type === type);
  if (found === undefined) throw new Error(`no arrivals of type ${type}`);
  return found;
}
