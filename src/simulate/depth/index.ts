/** Every fill depth law, in the order in which help and errors name them. A new one is one file and one line here. */
import type { DepthDefinition } from './depth-law.ts';
import { empirical } from './empirical.ts';
import { exponential } from './exponential.ts';
import { powerLaw } from './power-law.ts';

export const depths: readonly DepthDefinition[] = [exponential, powerLaw, empirical];

/** The law named by a checked config. */
export function depthOf(type: string): DepthDefinition {
  const found = depths.find((definition) => definition.type === type);
  if (found === undefined) throw new Error(`no depth law of type ${type}`);
  return found;
}
