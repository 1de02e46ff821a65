import { excessKurtosis, skewness } from '../moments.ts';
import { defineMetric } from './metric.ts';

/** The biased coefficients of PnL, SciPy's default; kurtosis is the excess. NaN at std 0. */
export const shape = defineMetric({
  columns: ['skewness', 'kurtosis', 'min', 'max'],
  figures({ figures: { pnl } }) {
    return { skewness: skewness(pnl), kurtosis: excessKurtosis(pnl), min: pnl.min, max: pnl.max };
  },
});
