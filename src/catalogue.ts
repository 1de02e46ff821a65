import type { Catalogue } from './config/catalogue.ts';
import { midprices } from './simulate/midprice/index.ts';
import { strategies } from './strategies/index.ts';

/** Everything that a config can name by its type: what the config stage checks names and parameters against. */
export const catalogue: Catalogue = { strategies, midprices, schemes: ['stepped', 'event'] };
