import { pairedStandardError } from '../pair-inflation.ts';
import { defineMetric } from './metric.ts';

/** Largest fall of PnL from its running maximum, at the times at which it is monitored; NaN where it is not. */
export const drawdown = defineMetric({
  columns: ['max_drawdown_mean', 'max_drawdown_mean_se'],
  figures({ figures: { maxDrawdown } }) {
    return {
      max_drawdown_mean: maxDrawdown?.mean ?? Number.NaN,
      max_drawdown_mean_se: maxDrawdown === undefined ? Number.NaN : pairedStandardError(maxDrawdown),
    };
  },
});
