import { sampleStd, standardErrorOfStd } from '../moments.ts';
import { pairInflation } from '../pair-inflation.ts';
import { defineMetric } from './metric.ts';

/** Sample standard deviation of PnL (n − 1); its error by the delta method. */
export const std = defineMetric({
  columns: ['std', 'std_se'],
  figures({ figures: { pnl, pairs } }) {
    return { std: sampleStd(pnl), std_se: standardErrorOfStd(pnl) * pairInflation(pairs?.std) };
  },
});
