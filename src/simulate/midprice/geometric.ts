import { z } from 'zod';
import { exp } from '../../util/elementary.ts';
import { defineMidprice } from './define-midprice.ts';

/**
 * Geometric Brownian motion with drift mu and volatility sigma of the price at S0: dS = (μ/S0) S dt + (σ/S0) S dW, so
 * S_{t+dt} = S_t exp((μ/S0 − ½(σ/S0)²) dt + (σ/S0)√dt Z); exact at any step (Black & Scholes 1973).
 */
export const geometric = defineMidprice({
  type: 'geometric',
  summary: 'geometric Brownian motion, dS = (mu/S0) S dt + (sigma/S0) S dW',
  correlates: true,
  params: z.strictObject({}),
  createProcess(_params, { market: { mu, sigma, S0 }, normals }) {
    const volatility = sigma / S0;
    const drift = mu / S0 - 0.5 * volatility * volatility;
    return {
      start() {},
      advance: (price, dt) => price * exp(drift * dt + volatility * Math.sqrt(dt) * normals.next()),
    };
  },
});
