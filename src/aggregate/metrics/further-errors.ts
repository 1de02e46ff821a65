import { standardErrorOfMean, standardErrorOfStd } from '../moments.ts';
import { pairedStandardError, pairInflation } from '../pair-inflation.ts';
import { percentileStandardError } from '../percentile-standard-error.ts';
import { sharpeStandardError } from '../ratios.ts';
import { defineMetric } from './metric.ts';
import { sharpe as sharpeOf } from './sharpe.ts';

/**
 * Standard errors of the figures that have none beside them, which keep their places in the file. That of `sharpe` within
 * antithetic pairs is known where `risk: {ratios: true}` asks for it; that of drawdowns where these are monitored.
 */
export const furtherErrors = defineMetric({
  columns: [
    ...(['p50_se', 'sharpe_se', 'fills_mean_se', 'final_q_mean_se'] as const),
    ...(['final_q_std_se', 'max_abs_q_mean_se', 'max_drawdown_mean_se'] as const),
  ],
  figures(all, facts) {
    const { orderSize } = facts;
    const { ordered, figures } = all;
    const { pnl, pairs, risk, fills, lots, maxAbsLots, maxDrawdown } = figures;
    const { sharpe } = sharpeOf.figures(all, facts);
    const paired = risk?.pairs?.get('sharpe');
    const isKnown = pairs === undefined || paired !== undefined;
    return {
      p50_se: percentileStandardError(ordered, 50) * pairInflation(pairs?.p50),
      sharpe_se: isKnown ? sharpeStandardError(sharpe, pnl) * pairInflation(paired) : Number.NaN,
      fills_mean_se: pairedStandardError(fills),
      final_q_mean_se: standardErrorOfMean(lots) * orderSize * pairInflation(pairs?.finalQ),
      final_q_std_se: standardErrorOfStd(lots) * orderSize * pairInflation(pairs?.finalQStd),
      max_abs_q_mean_se: pairedStandardError(maxAbsLots) * orderSize,
      max_drawdown_mean_se: maxDrawdown === undefined ? Number.NaN : pairedStandardError(maxDrawdown),
    };
  },
});
