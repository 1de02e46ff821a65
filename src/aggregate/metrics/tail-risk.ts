import { cvar, cvarStandardError } from '../cvar.ts';
import { pairInflation } from '../pair-inflation.ts';
import { defineMetric } from './metric.ts';

/** The worst share of PnL that VaR and CVaR at 95 % speak of. */
export const WORST_SHARE = 0.05;

/** Losses: positive where money is lost. CVaR by Rockafellar & Uryasev's estimator, its error by the influence function. */
export const tailRisk = defineMetric({
  columns: ['var95', 'cvar95', 'cvar95_se'],
  figures({ ordered, figures: { pairs } }) {
    return {
      var95: -ordered.quantile(WORST_SHARE),
      cvar95: cvar(ordered, WORST_SHARE),
      cvar95_se: cvarStandardError(ordered, WORST_SHARE) * pairInflation(pairs?.cvar95),
    };
  },
});
