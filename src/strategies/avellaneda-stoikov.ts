import { z } from 'zod';
import { avellanedaStoikovQuotes, clampToBounds } from '../solve/closed-forms.ts';
import { defineStrategy } from './strategy.ts';

/** The closed-form approximation of Avellaneda & Stoikov (2008, eqs. 29 and 30), within the quote bounds. */
export const avellanedaStoikov = defineStrategy({
  type: 'avellaneda_stoikov',
  summary: 'reservation price and spread in closed form (Avellaneda & Stoikov 2008)',
  params: z.strictObject({}),
  createRule: (_params, { model }) => ({
    timeDependent: true,
    fillRow(t, inventories, bid, ask) {
      for (let j = 0; j < inventories.length; j++) {
        const quotes = avellanedaStoikovQuotes(model, Math.min(t, model.T), inventories[j]!);
        bid[j] = clampToBounds(model, quotes.bid);
        ask[j] = clampToBounds(model, quotes.ask);
      }
    },
  }),
});
