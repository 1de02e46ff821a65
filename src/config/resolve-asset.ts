import type { z } from 'zod';
import type { AssetSimulatorInput, assetList } from './asset-schema.ts';
import type { Catalogue } from './catalogue.ts';
import type { Asset, SimulatorParameters } from './experiment.ts';
import type { modelSchema } from './model-schema.ts';
import { readSpec } from './named-schema.ts';
import { overrideModel, resolveModel } from './resolve-model.ts';

/** An asset's market and model: the sections with its own keys in place. Model keys that nobody writes are those of its market. */
export function resolveAsset(
  { name, simulator: own = {}, model = {} }: z.output<ReturnType<typeof assetList>>[number],
  section: z.output<ReturnType<typeof modelSchema>>,
  common: SimulatorParameters,
  catalogue: Catalogue,
): Asset {
  const simulator = overrideMarket(common, own, catalogue);
  return { name, simulator, model: overrideModel(resolveModel(section, simulator), model) };
}

/** The market with an asset's own keys in place; null is a value like any other. */
function overrideMarket(
  market: SimulatorParameters,
  own: AssetSimulatorInput,
  { arrivals, depths }: Catalogue,
): SimulatorParameters {
  return {
    ...market,
    sigma: own.sigma ?? market.sigma,
    mu: own.mu ?? market.mu,
    S0: own.S0 ?? market.S0,
    A: own.A ?? market.A,
    k: own.k ?? market.k,
    Q_max: own.Q_max === undefined ? market.Q_max : own.Q_max,
    order_size: own.order_size ?? market.order_size,
    q0: own.q0 ?? market.q0,
    maker_fee: own.maker_fee ?? market.maker_fee,
    impact: own.impact ?? market.impact,
    arrivals: own.arrivals === undefined ? market.arrivals : readSpec(own.arrivals, arrivals),
    depth: own.depth === undefined ? market.depth : readSpec(own.depth, depths),
    tick: own.tick === undefined ? market.tick : own.tick,
  };
}
