import { interval95 } from '../confidence-interval.ts';
import { standardErrorOfMean } from '../moments.ts';
import { defineMetric } from './metric.ts';

/** Mean PnL, price units × units, of the samples of the variance reduction, with the interval of Student's law. */
export const mean = defineMetric({
  columns: ['paths', 'mean', 'mean_se', 'mean_ci_low', 'mean_ci_high'],
  figures({ figures: { count, samples } }) {
    const se = standardErrorOfMean(samples);
    const { low, high } = interval95(samples.mean, se, samples.count - 1);
    return { paths: count, mean: samples.mean, mean_se: se, mean_ci_low: low, mean_ci_high: high };
  },
});
