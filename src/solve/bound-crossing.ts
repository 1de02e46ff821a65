import { intensity } from './intensity.ts';
import type { LotModel } from './lot-model.ts';

/**
 * Where an optimal distance meets a quote bound b, h″ jumps by k A e^(−kb), and a step across loses its order. Its error estimate
 * need not show that: no column of the extrapolation looks at the last part of the step.
 */
export class BoundCrossing {
  private readonly lot: LotModel;
  private readonly bounds: readonly { readonly delta: number; readonly jump: number }[];
  /** Of the latest `inspect`: how far h may have been off over the step, in units of ϑ. */
  error = 0;
  /** Share of the step before the first crossing that matters; 1 where there is none. */
  fractionBefore = 1;

  constructor(lot: LotModel) {
    this.lot = lot;
    // With one admissible distance h is the same function everywhere.
    const finite = lot.deltaMin === lot.deltaMax ? [] : [lot.deltaMin, lot.deltaMax].filter(Number.isFinite);
    this.bounds = finite.map((delta) => ({ delta, jump: lot.k * intensity(lot, delta) }));
  }

  /**
   * Looks for crossings on the straight line from D to D + increment. One at share s of the step with an overshoot p costs at most
   * the integral of ½ k A e^(−kb) (overshoot so far)², k A e^(−kb) p² (1 − s) step / 6.
   */
  inspect(D: Float64Array, increment: Float64Array, step: number, tolerated: number): void {
    this.error = 0;
    this.fractionBefore = 1;
    for (const { delta, jump } of this.bounds) {
      // A bid meets the bound at D = myopic − b, an ask at −D.
      const edge = this.lot.myopic - delta;
      for (let e = 0; e < D.length; e++) {
        const start = D[e]!;
        const end = start + increment[e]!;
        if ((start - edge) * (end - edge) < 0) this.note(start, end, edge, jump * step, tolerated);
        if ((start + edge) * (end + edge) < 0) this.note(start, end, -edge, jump * step, tolerated);
      }
    }
  }

  private note(start: number, end: number, edge: number, weight: number, tolerated: number): void {
    const overshoot = end - edge;
    const after = overshoot / (end - start);
    const error = (weight * overshoot * overshoot * after) / 6;
    if (error > this.error) this.error = error;
    if (error > tolerated && 1 - after < this.fractionBefore) this.fractionBefore = 1 - after;
  }
}
