import { z } from 'zod';
import type { Catalogue } from './catalogue.ts';
import { finite, hints, MAX_RATE, nonNegative, positive } from './fields.ts';
import { namedSchema } from './named-schema.ts';

const UNBOUNDED = { cure: 'write null for no bound' };

/** `simulator:`, every key with its default. Units: price units, time in the unit of T, inventory in units. */
export function simulatorSchema(catalogue: Catalogue) {
  const [defaultScheme] = catalogue.schemes;
  if (defaultScheme === undefined) throw new Error('the catalogue names no simulation scheme');
  return z
    .strictObject({
      sigma: nonNegative('volatility of the midprice, price units per sqrt(time)', MAX_RATE).default(0.2),
      mu: finite('drift of the midprice, price units per unit of time').default(0),
      S0: positive('initial midprice, price units').default(100),
      A: nonNegative('market orders per unit of time on each side at distance 0', MAX_RATE).default(1),
      k: positive('decay of the fill intensity A exp(-k delta), 1 / price units', MAX_RATE).default(0.5),
      T: positive('horizon, units of time', MAX_RATE).default(1),
      dt: positive('time step of scheme: stepped, units of time, at most T').default(0.001),
      Q_max: positive('inventory bound, units; null = none, and the quote grid then needs model.Q_max')
        .register(hints, UNBOUNDED)
        .nullable()
        .default(10),
      order_size: positive('units traded in one fill').default(1),
      q0: finite('initial inventory, units: a multiple of order_size within Q_max').default(0),
      midprice: namedSchema(catalogue.midprices, {}).describe('model of the midprice').default('brownian'),
      scheme: z
        .enum(catalogue.schemes)
        .describe('stepped: fixed time steps of dt; event: exact, from one market order to the next')
        .default(defaultScheme),
      fill: z
        .enum(['poisson', 'linear'])
        .describe('probability of a fill in one step: poisson 1 - exp(-lambda dt), linear min(1, lambda dt)')
        .default('poisson'),
      drawdown_dt: positive(
        'scheme event: time between the points at which max_drawdown is monitored (stepped monitors every step); null = not monitored',
      )
        .register(hints, { cure: 'write null for no monitoring' })
        .nullable()
        .default(null),
    })
    .describe('the market as it is');
}

/** `model:`. Keys without a default here take the simulator's value. */
export function modelSchema() {
  return z
    .strictObject({
      sigma: nonNegative('volatility, price units per sqrt(time); default: simulator.sigma', MAX_RATE).optional(),
      mu: finite('drift, price units per unit of time; default: simulator.mu').optional(),
      A: nonNegative('market orders per unit of time; default: simulator.A', MAX_RATE).optional(),
      k: positive('decay of the fill intensity, 1 / price units; default: simulator.k', MAX_RATE).optional(),
      T: positive('horizon, units of time; default: simulator.T', MAX_RATE).optional(),
      Q_max: positive('inventory bound of the quote grid, units; default: simulator.Q_max').optional(),
      order_size: positive('units traded in one fill; default: simulator.order_size').optional(),
      gamma: nonNegative('risk aversion, 1 / price units; 0 = risk-neutral')
        .register(hints, { cure: '0 means risk-neutral' })
        .default(0.1),
      phi: nonNegative('terminal liquidation cost phi q^2, price units per unit^2').default(0.01),
      running: nonNegative('running penalty zeta q^2, price units per unit^2 and unit of time').default(0),
      dt: positive('time step of the quote grid, units of time').default(0.01),
      delta_min: finite('least distance of a quote, price units; null = unbounded').nullable().default(0.001),
      delta_max: finite('greatest distance of a quote, price units; null = unbounded').nullable().default(0.1),
    })
    .describe('what the maker believes and wants');
}
