import type { ModelParameters } from '../config/experiment.ts';
import { exp, log1p } from '../util/elementary.ts';
import { myopicDistance, unitCost } from './lot-model.ts';

/** Distances from the mid in price units; negative ones cross it. */
export interface Distances {
  readonly bid: number;
  readonly ask: number;
}

/**
 * Distance at which a maker quotes whom inventory does not concern: (1/(γz)) ln(1 + γz/k) + c + ξ/2, or 1/k + c + ξ/2 at
 * γ = 0, in price units, without the quote bounds (Avellaneda & Stoikov 2008, eq. 30, second term; z = order_size,
 * c = maker_fee; a round trip of two fills loses ξ = impact on each unit).
 */
export function optimalMyopicHalfSpread(model: ModelParameters): number {
  return myopicDistance(model.gamma * model.order_size, model.k) + unitCost(model);
}

/** The distance within [delta_min, delta_max], null meaning no bound. */
export function clampToBounds({ delta_min, delta_max }: ModelParameters, delta: number): number {
  if (delta_min !== null && delta < delta_min) return delta_min;
  if (delta_max !== null && delta > delta_max) return delta_max;
  return delta;
}

/**
 * Closed-form quotes of Avellaneda & Stoikov (2008, eqs. 29 and 30): reservation price S − qγσ²(T − t) and total spread
 * zγσ²(T − t) + (2/(γz)) ln(1 + γz/k), z = order_size, with fee and half the impact added to both distances. Drift,
 * penalties and bounds play no part.
 * @param t time, at most T.
 * @param q inventory in units.
 */
export function avellanedaStoikovQuotes(model: ModelParameters, t: number, q: number): Distances {
  const risk = model.gamma * model.sigma * model.sigma * (model.T - t);
  const half = 0.5 * model.order_size * risk + optimalMyopicHalfSpread(model);
  return { bid: half + q * risk, ask: half - q * risk };
}

/** Half of the time average of the Avellaneda-Stoikov spread: zγσ²T/4 + myopic distance (2008, section 3.3). */
export function symmetricHalfSpread(model: ModelParameters): number {
  return avellanedaStoikovQuotes(model, 0.5 * model.T, 0).ask;
}

/**
 * Quotes far from T, without bounds (Guéant, Lehalle & Fernandez-Tapia 2013, section 4; with the running penalty ζ
 * and order size z, fee and impact): δb = c + (2n + 1)s/2, δa = c − (2n − 1)s/2, n = q/z, c the myopic distance and s = z · glftSkew.
 * @param q inventory in units.
 */
export function glftAsymptoticQuotes(model: ModelParameters, q: number): Distances {
  const c = optimalMyopicHalfSpread(model);
  const skew = glftSkew(model);
  return { bid: c + (q + 0.5 * model.order_size) * skew, ask: c - (q - 0.5 * model.order_size) * skew };
}

/**
 * Slope of the asymptotic distances per unit of inventory: (1/z) √((γσ²/2 + ζ) z/(kA) (1 + γz/k)^(1 + k/(γz))), whose
 * last factor tends to e as γ tends to 0, times e^(k(c + ξ/2)/2): √(α/η)/k for the matrix of α n² and −η that the unbounded
 * problem linearises to (2013, section 4), with α = k(γσ²/2 + ζ)z. 0 without inventory cost, Infinity without market orders (A = 0).
 */
export function glftSkew(model: ModelParameters): number {
  const { A, k, order_size: z } = model;
  const cost = (0.5 * model.gamma * model.sigma * model.sigma + model.running) * z;
  if (cost === 0) return 0;
  const power = exp(log1p((model.gamma * z) / k) + k * optimalMyopicHalfSpread(model));
  return Math.sqrt((cost / (k * A)) * power) / z;
}
