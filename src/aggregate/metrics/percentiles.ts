import { pairInflation } from '../pair-inflation.ts';
import { percentileStandardError } from '../percentile-standard-error.ts';
import { defineMetric } from './metric.ts';

/** Percentiles of PnL, Hyndman & Fan type 7; errors by order statistics. */
export const percentiles = defineMetric({
  columns: ['p05', 'p05_se', 'p50', 'p95', 'p95_se'],
  figures({ ordered, figures: { pairs } }) {
    return {
      p05: ordered.quantile(0.05),
      p05_se: percentileStandardError(ordered, 5) * pairInflation(pairs?.p05),
      p50: ordered.quantile(0.5),
      p95: ordered.quantile(0.95),
      p95_se: percentileStandardError(ordered, 95) * pairInflation(pairs?.p95),
    };
  },
});
