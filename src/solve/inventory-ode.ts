import { exp, expm1 } from '../util/elementary.ts';
import { intensity } from './intensity.ts';
import type { LotModel } from './lot-model.ts';

/**
 * The right-hand side of the HJB equation in the differences D_e = ϑ(n+1) − ϑ(n), n = e − N, e = 0 … 2N − 1, which
 * determine the quotes, and of the level ϑ(0), which grows far beyond them. With h⁺ = h(D) and h⁻ = h(−D) on each edge:
 *     D_e′ = μ − κ(2n + 1) + h⁺_{e+1} + h⁻_e − h⁺_e − h⁻_{e−1},  level′ = h⁺_N + h⁻_{N−1}.
 * The Jacobian is tridiagonal: by the envelope theorem h′ is the derivative at the optimal distance held fixed.
 */
export class InventoryOde {
  readonly edges: number;
  readonly lot: LotModel;
  /** h(D_e) and h(−D_e) of the latest `evaluate`. */
  private readonly up: Float64Array;
  private readonly down: Float64Array;
  /** h′(D_e) and h′(−D_e). */
  readonly upSlope: Float64Array;
  readonly downSlope: Float64Array;
  private readonly floorRate: number;
  private readonly ceilingRate: number;

  constructor(lot: LotModel) {
    this.lot = lot;
    this.edges = 2 * lot.lots;
    this.up = new Float64Array(this.edges);
    this.down = new Float64Array(this.edges);
    this.upSlope = new Float64Array(this.edges);
    this.downSlope = new Float64Array(this.edges);
    this.floorRate = lot.deltaMin > -Infinity ? intensity(lot, lot.deltaMin) : 0;
    this.ceilingRate = lot.deltaMax < Infinity ? intensity(lot, lot.deltaMax) : 0;
  }

  /** Writes D′ into `rates`, leaves h′ in upSlope and downSlope, and returns level′. */
  evaluate(D: Float64Array, rates: Float64Array): number {
    const { edges, up, down } = this;
    const { lots, mu, kappa } = this.lot;
    for (let e = 0; e < edges; e++) {
      up[e] = this.hamiltonian(D[e]!, this.upSlope, e);
      down[e] = this.hamiltonian(-D[e]!, this.downSlope, e);
    }
    for (let e = 0; e < edges; e++) {
      const upNext = e + 1 < edges ? up[e + 1]! : 0;
      const downLast = e > 0 ? down[e - 1]! : 0;
      rates[e] = mu - kappa * (2 * (e - lots) + 1) + (upNext - up[e]!) + (down[e]! - downLast);
    }
    return edges > 0 ? up[lots]! + down[lots - 1]! : 0;
  }

  /**
   * h(D), with h′(D) into slopes[i]. At an interior optimum both are multiples of e^(kD); at a bound b,
   * h = A e^(−kb) (1 − e^(−gx))/g and h′ = A e^(−kb) e^(−gx) with x = b − s + D, and their limits A e^(−kb) x and A e^(−kb) at g = 0.
   */
  hamiltonian(D: number, slopes: Float64Array, i: number): number {
    const { g, k, myopic, logSlope, deltaMin, deltaMax, unitCost } = this.lot;
    const delta = myopic - D;
    if (delta >= deltaMin && delta <= deltaMax) {
      const slope = exp(k * D + logSlope);
      slopes[i] = slope;
      return slope / k;
    }
    const low = delta < deltaMin;
    const rate = low ? this.floorRate : this.ceilingRate;
    const gain = D + ((low ? deltaMin : deltaMax) - unitCost);
    if (g === 0 || rate === 0) {
      slopes[i] = rate;
      return rate === 0 ? 0 : rate * gain;
    }
    const growth = expm1(-g * gain);
    slopes[i] = rate * (1 + growth);
    return (-rate * growth) / g;
  }
}
