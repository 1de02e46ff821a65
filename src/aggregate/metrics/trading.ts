import { sampleStd, standardErrorOfMean, standardErrorOfStd } from '../moments.ts';
import { pairedStandardError, pairInflation } from '../pair-inflation.ts';
import { defineMetric } from './metric.ts';

/** Fills and inventory of a path; inventories in units. */
export const trading = defineMetric({
  columns: [
    ...(['fills_mean', 'fills_mean_se', 'final_q_mean', 'final_q_mean_se'] as const),
    ...(['final_q_std', 'final_q_std_se', 'max_abs_q_mean', 'max_abs_q_mean_se'] as const),
  ],
  figures({ figures: { fills, lots, maxAbsLots, pairs } }, { orderSize }) {
    return {
      fills_mean: fills.mean,
      fills_mean_se: pairedStandardError(fills),
      final_q_mean: lots.mean * orderSize,
      final_q_mean_se: standardErrorOfMean(lots) * orderSize * pairInflation(pairs?.finalQ),
      final_q_std: sampleStd(lots) * orderSize,
      final_q_std_se: standardErrorOfStd(lots) * orderSize * pairInflation(pairs?.finalQStd),
      max_abs_q_mean: maxAbsLots.mean * orderSize,
      max_abs_q_mean_se: pairedStandardError(maxAbsLots) * orderSize,
    };
  },
});
