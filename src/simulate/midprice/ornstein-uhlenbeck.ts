import { z } from 'zod';
import { finite, MAX_RATE, positive } from '../../config/fields.ts';
import { expm1 } from '../../util/elementary.ts';
import { defineMidprice } from './define-midprice.ts';

/**
 * The mean-reverting price of Uhlenbeck & Ornstein (1930) with a drift, dS = (μ + κ(θ − S)) dt + σ dW, whose mean goes to
 * θ + μ/κ and whose variance goes to σ²/(2κ). Its transition is normal, hence exact at any step:
 * S_{t+h} = S_t + (θ − S_t + μ/κ)(1 − e^(−κh)) + σ√((1 − e^(−2κh))/(2κ)) Z.
 */
export const ornsteinUhlenbeck = defineMidprice({
  type: 'ornstein_uhlenbeck',
  summary: 'mean-reverting, dS = (mu + kappa (theta - S)) dt + sigma dW',
  correlates: true,
  params: z.strictObject({
    kappa: positive('rate of reversion, 1 / unit of time', MAX_RATE).default(1),
    theta: finite(
      'level that the price reverts to at simulator.mu = 0 (with a drift: theta + mu/kappa), price units; default: simulator.S0',
    ).optional(),
  }),
  createProcess({ kappa, theta }, { market: { mu, sigma, S0 }, normals }) {
    const level = (theta ?? S0) + mu / kappa;
    let step = Number.NaN;
    let reverted = 0;
    let deviation = 0;
    return {
      start() {},
      advance(price, dt) {
        if (dt !== step) {
          step = dt;
          reverted = -expm1(-kappa * dt);
          deviation = sigma * Math.sqrt(-expm1(-2 * kappa * dt) / (2 * kappa));
        }
        return price + (level - price) * reverted + deviation * normals.next();
      },
    };
  },
});
