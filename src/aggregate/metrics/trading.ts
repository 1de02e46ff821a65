import { sampleStd } from '../moments.ts';
import { defineMetric } from './metric.ts';

/** Fills and inventory of a path; inventories in units. */
export const trading = defineMetric({
  columns: ['fills_mean', 'final_q_mean', 'final_q_std', 'max_abs_q_mean'],
  figures({ figures: { fills, lots, maxAbsLots } }, { orderSize }) {
    return {
      fills_mean: fills.mean,
      final_q_mean: lots.mean * orderSize,
      final_q_std: sampleStd(lots) * orderSize,
      max_abs_q_mean: maxAbsLots.mean * orderSize,
    };
  },
});
