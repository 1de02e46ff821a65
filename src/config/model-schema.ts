import { z } from 'zod';
import { finite, hints, MAX_RATE, nonNegative, positive } from './fields.ts';

/** The keys of a model, without defaults. */
function modelKeys() {
  return {
    sigma: nonNegative('volatility, price units per sqrt(time)', MAX_RATE),
    mu: finite('drift, price units per unit of time'),
    A: nonNegative('market orders per unit of time', MAX_RATE),
    k: positive('decay of the fill intensity, 1 / price units', MAX_RATE),
    T: positive('horizon, units of time', MAX_RATE),
    Q_max: positive('inventory bound of the quote grid, units'),
    order_size: positive('units traded in one fill'),
    maker_fee: finite('fee for each unit traded, price units; negative = a rebate'),
    impact: nonNegative('move of the midprice against the maker at each fill, price units'),
    gamma: nonNegative('risk aversion, 1 / price units; 0 = risk-neutral').register(hints, {
      cure: '0 means risk-neutral',
    }),
    phi: nonNegative('terminal liquidation cost phi q^2, price units per unit^2'),
    running: nonNegative('running penalty zeta q^2, price units per unit^2 and unit of time'),
    dt: positive('time step of the quote grid, units of time'),
    delta_min: finite('least distance of a quote, price units; null = unbounded').nullable(),
    delta_max: finite('greatest distance of a quote, price units; null = unbounded').nullable(),
  };
}

/** `model:`. Keys without a default here take the simulator's value. */
export function modelSchema() {
  const keys = modelKeys();
  return z
    .strictObject({
      sigma: fromSimulator('sigma', keys.sigma),
      mu: fromSimulator('mu', keys.mu),
      A: fromSimulator('A', keys.A),
      k: fromSimulator('k', keys.k),
      T: fromSimulator('T', keys.T),
      Q_max: fromSimulator('Q_max', keys.Q_max),
      order_size: fromSimulator('order_size', keys.order_size),
      maker_fee: fromSimulator('maker_fee', keys.maker_fee),
      impact: fromSimulator('impact', keys.impact),
      gamma: keys.gamma.default(0.1),
      phi: keys.phi.default(0.01),
      running: keys.running.default(0),
      dt: keys.dt.default(0.01),
      delta_min: keys.delta_min.default(0.001),
      delta_max: keys.delta_max.default(0.1),
    })
    .describe('what the maker believes and wants');
}

/** A strategy's own `model:`: any keys of the model section, which stands for the rest. */
export const modelOverride = z.strictObject(modelKeys()).partial().meta({
  // The JSON schema says it once, under this name, for all strategies.
  id: 'strategy_model',
  description: 'any keys of the model section',
});

function fromSimulator<S extends z.ZodNumber>(key: string, schema: S) {
  return schema.optional().describe(`${schema.description}; default: simulator.${key}`);
}
