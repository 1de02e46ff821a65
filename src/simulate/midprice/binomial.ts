import { z } from 'zod';
import type { MidpriceDefinition } from './increments.ts';

/** The symmetric random walk ±σ√dt of Avellaneda & Stoikov (2008, section 3.3), plus the drift. */
export const binomial: MidpriceDefinition = {
  type: 'binomial',
  summary: 'random walk of steps +-sigma sqrt(dt), plus mu dt; stepped scheme only',
  params: z.strictObject({}),
  schemes: ['stepped'],
  createShocks() {
    return (words, count, _position, _path, out) => {
      // The sign bit of each word.
      for (let i = 0; i < count; i++) out[i] = 1 + 2 * (words[i]! >> 31);
    };
  },
  createProcess: (_params, { market: { mu, sigma }, normals }) => ({
    start() {},
    advance: (price, dt) => price + mu * dt + sigma * Math.sqrt(dt) * (normals.next() < 0 ? -1 : 1),
  }),
};
