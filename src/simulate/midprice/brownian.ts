import { z } from 'zod';
import { Role } from '../random/roles.ts';
import { wordsToNormals } from '../random/ziggurat.ts';
import type { MidpriceDefinition } from './increments.ts';

/** Arithmetic Brownian motion, dS = μ dt + σ dW (Avellaneda & Stoikov 2008, eq. 1); exact at any step. */
export const brownian: MidpriceDefinition = {
  type: 'brownian',
  summary: 'arithmetic Brownian motion, dS = mu dt + sigma dW',
  correlates: true,
  params: z.strictObject({}),
  createShocks(key) {
    const rejection = { key, path: 0, role: Role.priceRejected };
    return (words, count, position, path, out) => {
      rejection.path = path;
      wordsToNormals(words, count, position, rejection, out);
    };
  },
  createProcess: (_params, { market: { mu, sigma }, normals }) => ({
    start() {},
    advance: (price, dt) => price + mu * dt + sigma * Math.sqrt(dt) * normals.next(),
  }),
};
