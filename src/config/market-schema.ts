import { z } from 'zod';
import type { Catalogue, CatalogueEntry } from './catalogue.ts';
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
      maker_fee: finite('fee of the maker for each unit traded, price units; negative = a rebate').default(0),
      impact: nonNegative(
        'permanent move of the midprice against the maker at each fill, price units: down at a bid fill, up at an ask fill',
      ).default(0),
      midprice: namedSchema(catalogue.midprices, {}).describe('model of the midprice').default('brownian'),
      arrivals: namedSchema(catalogue.arrivals, {})
        .describe('when market orders come')
        .default(defaultOf(catalogue.arrivals)),
      depth: namedSchema(catalogue.depths, {})
        .describe('how deep market orders reach: the decay of the fill intensity with the distance')
        .default(defaultOf(catalogue.depths)),
      tick: positive('price grid: quotes are rounded to it, away from the mid, price units; null = none')
        .register(hints, { cure: 'write null for no tick' })
        .nullable()
        .default(null),
      latency: nonNegative('time from the state that quotes are of to their effect', MAX_RATE).default(0),
      through_mid: nonNegative(
        'path-wise simulation: how far through the mid a quote is served ever faster, price units; beyond it the intensity ' +
          'stays; null = as far as the tabulated strategies go (at most 3/k), or 1/k',
      )
        .register(hints, { cure: 'write null for automatic' })
        .nullable()
        .default(null),
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

function defaultOf([first]: readonly CatalogueEntry[]): string {
  if (first === undefined) throw new Error('the catalogue is empty');
  return first.type;
}
