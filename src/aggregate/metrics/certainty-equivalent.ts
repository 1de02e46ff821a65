import { pairInflation } from '../pair-inflation.ts';
import { defineMetric } from './metric.ts';

/** −(1/γ) ln mean(e^(−γW)) of PnL W less its costs, at the model's γ; to be held against θ(0, q0). */
export const certaintyEquivalent = defineMetric({
  columns: ['certainty_equivalent', 'certainty_equivalent_se'],
  figures({
    figures: {
      certaintyEquivalent: { value, se },
      pairs,
    },
  }) {
    const inflation = pairInflation(pairs?.certaintyEquivalent);
    return { certainty_equivalent: value, certainty_equivalent_se: se * inflation };
  },
});
