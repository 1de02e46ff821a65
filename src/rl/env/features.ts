import type { SimulatorParameters } from '../../config/experiment.ts';
import type { Feature } from '../../config/rl-schema.ts';
import { timeStepsOf } from '../../plan/time-steps.ts';
import { type Box, box } from './spaces.ts';

/** A number that the policy sees: (value − centre)/scale. */
export interface ObservedFeature {
  readonly feature: Feature;
  readonly centre: number;
  readonly scale: number;
}

/** Lots that the inventory is measured in where nothing bounds it. */
const UNBOUNDED_LOTS = 10;

/** Scales that bring each feature to the order of 1 in a market. */
export function observedFeatures(market: SimulatorParameters, names: readonly Feature[]): ObservedFeature[] {
  const { T, S0, sigma, Q_max, order_size } = market;
  const { dt } = timeStepsOf(market);
  const positive = (scale: number): number => (scale > 0 ? scale : 1);
  const known: Readonly<Record<Feature, Omit<ObservedFeature, 'feature'>>> = {
    time: { centre: 0, scale: T },
    inventory: { centre: 0, scale: Q_max ?? UNBOUNDED_LOTS * order_size },
    price: { centre: S0, scale: positive(sigma * Math.sqrt(T)) },
    return: { centre: 0, scale: positive(sigma * Math.sqrt(dt)) },
  };
  return names.map((feature) => ({ feature, ...known[feature] }));
}

/** Where observations lie. */
export function observationBox(market: SimulatorParameters, features: readonly ObservedFeature[]): Box {
  const bounds = features.map(({ feature }): [number, number] => {
    if (feature === 'time') return [0, 1];
    if (feature === 'inventory' && market.Q_max !== null) return [-1, 1];
    return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  });
  return box(
    bounds.map(([low]) => low),
    bounds.map(([, high]) => high),
  );
}
