import { z } from 'zod';
import type { Catalogue } from './catalogue.ts';
import { hints, MAX_ASSETS } from './fields.ts';
import { simulatorSchema } from './market-schema.ts';
import { modelOverride } from './model-schema.ts';

const name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_/-]{0,29}$/)
  .describe('how the results name the asset; unique')
  .register(hints, {
    expected: 'a name of 1 to 30 letters, digits and _ / - that starts with a letter',
    cure: 'it becomes part of the names of columns',
  });

const REFUSAL = 'must be the same for all assets (write it in simulator:)';

/** `assets:`, each with the keys of the market and of the model that it has for itself. */
export function assetList(catalogue: Catalogue) {
  const market = simulatorSchema(catalogue).shape;
  const simulator = z
    .strictObject({
      sigma: market.sigma.removeDefault(),
      mu: market.mu.removeDefault(),
      S0: market.S0.removeDefault(),
      A: market.A.removeDefault(),
      k: market.k.removeDefault(),
      Q_max: market.Q_max.removeDefault(),
      order_size: market.order_size.removeDefault(),
      q0: market.q0.removeDefault(),
      maker_fee: market.maker_fee.removeDefault(),
      impact: market.impact.removeDefault(),
      arrivals: market.arrivals.removeDefault(),
      depth: market.depth.removeDefault(),
      tick: market.tick.removeDefault(),
    })
    .partial();
  const own = Object.keys(simulator.shape);
  const common = Object.keys(market).filter((key) => !own.includes(key));
  simulator.register(hints, { refused: Object.fromEntries(common.map((key) => [key, REFUSAL])) });
  return z
    .array(
      z.strictObject({
        name,
        simulator: simulator.describe(`own values of simulator keys: ${own.join(', ')}`).optional(),
        model: modelOverride.describe('own values of any model keys').optional(),
      }),
    )
    .min(1)
    .max(MAX_ASSETS)
    .describe(
      'several assets, quoted at the same time: {name, simulator, model}, each with the sections above where it says nothing itself',
    );
}

export type AssetSimulatorInput = NonNullable<z.output<ReturnType<typeof assetList>>[number]['simulator']>;

const coefficient = z.number().min(-1).max(1);

export const correlation = z
  .union([
    coefficient.describe('for all pairs'),
    z.array(z.array(coefficient).min(1).max(MAX_ASSETS)).min(1).max(MAX_ASSETS).describe('d x d matrix, row by row'),
  ])
  .describe(
    "correlation of the assets' Brownian increments: one number for all pairs, or a d x d matrix; default: independent",
  );
