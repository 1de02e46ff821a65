import { cvar } from '../cvar.ts';
import { sampleStd, standardErrorOfMean } from '../moments.ts';
import { defineMetric } from './metric.ts';
import { WORST_SHARE } from './tail-risk.ts';

/**
 * How well the paths were used: the variance of PnL over that of the mean's estimator at as many paths, and the bound of the
 * error of p05, p50, p95, var95 and cvar95 that come from a sketch, NaN where they are exact.
 */
export const estimator = defineMetric({
  columns: ['variance_ratio', 'percentile_error'],
  figures({ ordered, figures: { count, pnl, samples } }) {
    const se = standardErrorOfMean(samples);
    const values = [0.05, 0.5, 0.95].map((p) => ordered.quantile(p)).concat(-cvar(ordered, WORST_SHARE));
    return {
      variance_ratio: se > 0 ? (sampleStd(pnl) / Math.sqrt(count) / se) ** 2 : Number.NaN,
      percentile_error: Math.max(...values.map((value) => ordered.errorAt(value))) || Number.NaN,
    };
  },
});
