import { sampleStd } from '../moments.ts';
import { defineMetric } from './metric.ts';

/** mean/std of terminal PnL over paths, never annualised; NaN at std 0. */
export const sharpe = defineMetric({
  columns: ['sharpe'],
  figures({ figures: { pnl, samples } }) {
    const std = sampleStd(pnl);
    return { sharpe: std > 0 ? samples.mean / std : Number.NaN };
  },
});
