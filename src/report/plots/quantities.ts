import type { Quantity } from './axis.ts';

/** What charts of runs measure, with the units of the config. */
export const TIME: Quantity = { label: 'time t', unit: 'units of time' };
export const PRICE: Quantity = { label: 'price', unit: 'price units' };
export const INVENTORY: Quantity = { label: 'inventory q', unit: 'units' };
const PNL_UNIT = 'price units × units';
export const PNL: Quantity = { label: 'PnL', unit: PNL_UNIT };
export const TERMINAL_PNL: Quantity = { label: 'PnL at T', unit: PNL_UNIT };
export const MEAN_PNL: Quantity = { label: 'mean PnL', unit: PNL_UNIT };
export const STD_PNL: Quantity = { label: 'std of PnL', unit: PNL_UNIT };
export const CVAR: Quantity = { label: 'CVaR 95 %: loss in the worst 5 %', unit: PNL_UNIT };
export const DIFFERENCE: Quantity = { label: 'difference of mean PnL', unit: PNL_UNIT };
