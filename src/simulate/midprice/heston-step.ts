import type { SquareRootParameters, SquareRootVariance } from './square-root-variance.ts';

/** Values of ξ below this leave no trace in double precision, and ρ/ξ might overflow. */
const CONSTANT = 1e-100;

/**
 * The log-return of one step of Andersen's scheme (2008, eqs. 33 and 38) without its drift, with ∫v dt by the trapezium
 * rule, γ1 = γ2 = ½. With v' = m + d, d the surprise of v, K1 and K2 the weights of v and v' and K3 = ½h(1 − ρ²),
 *   K2 d − ½K3(v + m) − ln E[e^(A d)] + √(K3(v + v')) Z,   A = K2 + ½K3,
 * which is his with the martingale correction K0*, and stays accurate as ξ goes to 0. Where E[e^(A d)] is infinite, which
 * takes ρ > 0 and a coarse step, his uncorrected K0 + K1 v + K2 v' + √(K3(v + v')) Z stands in.
 */
export class HestonStep {
  readonly #variance: SquareRootVariance;
  readonly #kappa: number;
  readonly #theta: number;
  readonly #rho: number;
  /** ρ/ξ. */
  readonly #leverage: number;
  #h = Number.NaN;
  #K0 = 0;
  #K1 = 0;
  #K2 = 0;
  #K3 = 0;

  constructor(
    { kappa, theta, xi, rho }: Omit<SquareRootParameters, 'v0'> & { readonly rho: number },
    variance: SquareRootVariance,
  ) {
    this.#variance = variance;
    this.#kappa = kappa;
    this.#theta = theta;
    // Without ξ the variance is known beforehand, and the correlation is with nothing.
    this.#rho = xi > CONSTANT ? rho : 0;
    this.#leverage = xi > CONSTANT ? rho / xi : 0;
  }

  /** Sets the length of the following steps, of the variance too. */
  setLength(h: number): void {
    if (h === this.#h) return;
    this.#h = h;
    this.#variance.setLength(h);
    const weight = 0.5 * h * (this.#kappa * this.#leverage - 0.5);
    this.#K0 = -this.#leverage * this.#kappa * this.#theta * h;
    this.#K1 = weight - this.#leverage;
    this.#K2 = weight + this.#leverage;
    this.#K3 = 0.5 * h * (1 - this.#rho * this.#rho);
  }

  /** Goes one step, the variance included; Z is a standard normal of the price. */
  logReturn(Z: number): number {
    const variance = this.#variance;
    const v = variance.value;
    variance.step();
    const next = variance.value;
    const noise = Math.sqrt(this.#K3 * (v + next)) * Z;
    const correction = variance.logMoment(this.#K2 + 0.5 * this.#K3);
    if (Number.isNaN(correction)) return this.#K0 + this.#K1 * v + this.#K2 * next + noise;
    return this.#K2 * variance.surprise - 0.5 * this.#K3 * (v + variance.mean) - correction + noise;
  }
}
