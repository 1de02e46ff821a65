import { sampleStd } from '../moments.ts';
import { pairInflation } from '../pair-inflation.ts';
import { sharpeStandardError } from '../ratios.ts';
import { defineMetric } from './metric.ts';

/**
 * mean/std of terminal PnL over paths, never annualised; NaN at std 0. Its error within antithetic pairs is known where
 * `risk: {ratios: true}` asks for it.
 */
export const sharpe = defineMetric({
  columns: ['sharpe', 'sharpe_se'],
  figures({ figures: { pnl, samples, pairs, risk } }) {
    const std = sampleStd(pnl);
    const sharpe = std > 0 ? samples.mean / std : Number.NaN;
    const paired = risk?.pairs?.get('sharpe');
    const isKnown = pairs === undefined || paired !== undefined;
    return { sharpe, sharpe_se: isKnown ? sharpeStandardError(sharpe, pnl) * pairInflation(paired) : Number.NaN };
  },
});
