import { defineMetric } from './metric.ts';

/** Largest fall of PnL from its running maximum, at the times at which it is monitored; NaN where it is not. */
export const drawdown = defineMetric({
  columns: ['max_drawdown_mean'],
  figures({ figures: { maxDrawdown } }) {
    return { max_drawdown_mean: maxDrawdown?.mean ?? Number.NaN };
  },
});
