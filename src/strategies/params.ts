import { z } from 'zod';

/** A distance that the user writes is used as given, negative ones (through the mid) included. */
export const halfSpread = z.number().min(-1e9).max(1e9).optional();
