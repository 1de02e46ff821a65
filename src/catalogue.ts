import { SUMMARY_COLUMNS } from './aggregate/metrics/index.ts';
import type { Catalogue } from './config/catalogue.ts';
import { arrivals } from './simulate/arrivals/index.ts';
import { depths } from './simulate/depth/index.ts';
import { midprices } from './simulate/midprice/index.ts';
import { jointStrategies, policies, strategies } from './strategies/index.ts';

/** Everything that a config can name by its type: what the config stage checks names and parameters against. */
export const catalogue: Catalogue = {
  strategies: [...strategies, ...policies.map((policy) => ({ ...policy, pathwise: true })), ...jointStrategies],
  midprices: midprices.map((midprice) => ({ ...midprice, pathwise: midprice.createShocks === undefined })),
  arrivals,
  depths,
  schemes: ['stepped', 'event'],
  metrics: SUMMARY_COLUMNS,
};
