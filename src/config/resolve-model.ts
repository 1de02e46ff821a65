import type { z } from 'zod';
import type { ModelParameters, SimulatorParameters } from './experiment.ts';
import type { modelOverride, modelSchema } from './model-schema.ts';

type Section = z.output<ReturnType<typeof modelSchema>>;
type Override = z.output<typeof modelOverride>;

/** The model section with the simulator's values where it has none of its own. */
export function resolveModel(section: Section, simulator: SimulatorParameters): ModelParameters {
  const { sigma, mu, A, k, T, Q_max, order_size, maker_fee, impact } = simulator;
  return {
    sigma: section.sigma ?? sigma,
    mu: section.mu ?? mu,
    A: section.A ?? A,
    k: section.k ?? k,
    T: section.T ?? T,
    Q_max: section.Q_max ?? Q_max,
    order_size: section.order_size ?? order_size,
    maker_fee: section.maker_fee ?? maker_fee,
    impact: section.impact ?? impact,
    gamma: section.gamma,
    phi: section.phi,
    running: section.running,
    dt: section.dt,
    delta_min: section.delta_min,
    delta_max: section.delta_max,
  };
}

/** A strategy's or an asset's own model: the scenario's with its keys in place; null is a value like any other. */
export function overrideModel(model: ModelParameters, own: Override): ModelParameters {
  return {
    sigma: own.sigma ?? model.sigma,
    mu: own.mu ?? model.mu,
    A: own.A ?? model.A,
    k: own.k ?? model.k,
    T: own.T ?? model.T,
    Q_max: own.Q_max ?? model.Q_max,
    order_size: own.order_size ?? model.order_size,
    maker_fee: own.maker_fee ?? model.maker_fee,
    impact: own.impact ?? model.impact,
    gamma: own.gamma ?? model.gamma,
    phi: own.phi ?? model.phi,
    running: own.running ?? model.running,
    dt: own.dt ?? model.dt,
    delta_min: own.delta_min === undefined ? model.delta_min : own.delta_min,
    delta_max: own.delta_max === undefined ? model.delta_max : own.delta_max,
  };
}
