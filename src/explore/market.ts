import type { ModelParameters, SimulatorParameters } from '../config/experiment.ts';
import type { ExploreParameters } from './parameters.ts';

/** Intervals of the quote grid, which are also the steps of the page's clock. */
export const GRID_INTERVALS = 100;

/** Market and model of one position of the sliders, as the loader makes them from `configYaml`. */
export interface ExploreMarket {
  readonly simulator: SimulatorParameters;
  readonly model: ModelParameters;
}

/** The exact engine's market in continuous time, and a maker who knows it; keys without a slider have their defaults. */
export function marketOf(parameters: ExploreParameters): ExploreMarket {
  const { sigma, A, k, gamma, phi, T, Q_max, delta_min, delta_max } = parameters;
  const shared = { sigma, mu: 0, A, k, T, Q_max, order_size: 1, maker_fee: 0, impact: 0 };
  return {
    simulator: {
      ...shared,
      S0: 100,
      dt: 0.001,
      q0: 0,
      midprice: { type: 'brownian', params: {} },
      arrivals: { type: 'poisson', params: {} },
      depth: { type: 'exponential', params: {} },
      tick: null,
      latency: 0,
      through_mid: null,
      scheme: 'event',
      fill: 'poisson',
      drawdown_dt: null,
    },
    model: { ...shared, gamma, phi, running: 0, dt: gridStep(parameters), delta_min, delta_max },
  };
}

/** A config that simulates what the page computes; `mm-batch exact` gives the page's figures, `mm-batch run` estimates them. */
export function configYaml(parameters: ExploreParameters): string {
  const { sigma, A, k, gamma, phi, T, Q_max, delta_min, delta_max } = parameters;
  return `name: explored
seed: 42
paths: 10000
simulator:
  sigma: ${sigma}
  A: ${A}
  k: ${k}
  T: ${T}
  Q_max: ${Q_max}
  scheme: event
model:
  gamma: ${gamma}
  phi: ${phi}
  dt: ${gridStep(parameters)}
  delta_min: ${delta_min}
  delta_max: ${delta_max}
strategies: [hjb, constant]
`;
}

/** Free of the rounding that a division leaves in the last digits. */
function gridStep({ T }: ExploreParameters): number {
  return Number((T / GRID_INTERVALS).toPrecision(12));
}
