/** Every strategy, in the order in which help and errors name them. A new one is one file and one line here. */
import { asymptoticGlft } from './asymptotic-glft.ts';
import { avellanedaStoikov } from './avellaneda-stoikov.ts';
import { carteaJaimungal } from './cartea-jaimungal.ts';
import { constant } from './constant.ts';
import { custom } from './custom/index.ts';
import { hjb } from './hjb.ts';
import { inventoryAware } from './inventory-aware.ts';
import type { PolicyDefinition } from './policy.ts';
import { random } from './random.ts';
import type { StrategyDefinition } from './strategy.ts';
import { symmetric } from './symmetric.ts';

export const strategies: readonly StrategyDefinition[] = [
  hjb,
  constant,
  inventoryAware,
  avellanedaStoikov,
  symmetric,
  asymptoticGlft,
  carteaJaimungal,
];

/** Strategies that walk along the path. */
export const policies: readonly PolicyDefinition[] = [custom, random];

/** The path-wise strategy named by a checked config; undefined where it quotes by time and inventory. */
export function policyOf(type: string): PolicyDefinition | undefined {
  return policies.find((policy) => policy.type === type);
}
