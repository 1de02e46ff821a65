import { z } from 'zod';
import { clampToBounds, symmetricHalfSpread } from '../solve/closed-forms.ts';
import { defineStrategy } from './strategy.ts';

/** The constant average spread of `avellaneda_stoikov` around the mid: the benchmark of Avellaneda & Stoikov (2008, section 3.3). */
export const symmetric = defineStrategy({
  type: 'symmetric',
  summary: 'the average Avellaneda-Stoikov spread, always centred on the mid',
  params: z.strictObject({}),
  createRule: (_params, { model }) => {
    const distance = clampToBounds(model, symmetricHalfSpread(model));
    return {
      timeDependent: false,
      fillRow(_t, _inventories, bid, ask) {
        bid.fill(distance);
        ask.fill(distance);
      },
    };
  },
});
