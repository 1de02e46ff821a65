/** Every strategy, in the order in which help and errors name them. A new one is one file and one line here. */
import { asymptoticGlft } from './asymptotic-glft.ts';
import { avellanedaStoikov } from './avellaneda-stoikov.ts';
import { carteaJaimungal } from './cartea-jaimungal.ts';
import { constant } from './constant.ts';
import { custom } from './custom/index.ts';
import { hjb } from './hjb.ts';
import { inventoryAware } from './inventory-aware.ts';
import { jointHjb } from './joint-hjb.ts';
import type { JointDefinition } from './joint-rule.ts';
import type { PolicyDefinition } from './policy.ts';
import { ppo, ppoPathwise } from './ppo/index.ts';
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
  ppo,
];

/** Strategies that walk along the path. */
export const policies: readonly PolicyDefinition[] = [custom, ppoPathwise, random];

/** Strategies that quote several assets together. */
export const jointStrategies: readonly JointDefinition[] = [jointHjb];

/** The strategy of several assets named by a checked config; undefined where it quotes asset by asset. */
export function jointStrategyOf(type: string): JointDefinition | undefined {
  return jointStrategies.find((strategy) => strategy.type === type);
}

/** The path-wise strategy named by a checked config; undefined where it quotes by time and inventory. */
export function policyOf(type: string): PolicyDefinition | undefined {
  return policies.find((policy) => policy.type === type);
}
