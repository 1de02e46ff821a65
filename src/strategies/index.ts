/** Every built-in strategy, in the order in which help and errors name them. A new one is one file and one line here. */
import { avellanedaStoikov } from './avellaneda-stoikov.ts';
import { constant } from './constant.ts';
import { hjb } from './hjb.ts';
import { inventoryAware } from './inventory-aware.ts';
import type { StrategyDefinition } from './strategy.ts';
import { symmetric } from './symmetric.ts';

export const strategies: readonly StrategyDefinition[] = [hjb, constant, inventoryAware, avellanedaStoikov, symmetric];
