import { z } from 'zod';
import { exp } from '../../util/elementary.ts';
import type { DepthDefinition } from './depth-law.ts';

/** Λ(δ) = e^(−kδ), negative distances included (Avellaneda & Stoikov 2008, eq. 12). */
export const exponential: DepthDefinition = {
  type: 'exponential',
  summary: 'fill intensity A exp(-k delta)',
  params: z.strictObject({}),
  createReach:
    (_params, { k }) =>
    (distance) =>
      exp(-k * distance),
  growsThroughMid: true,
};
