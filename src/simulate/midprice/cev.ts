import { z } from 'zod';
import { exp, expm1, log, log1p } from '../../util/elementary.ts';
import { UniformStream } from '../random/path-stream.ts';
import { Role } from '../random/roles.ts';
import { defineMidprice } from './define-midprice.ts';
import type { MidpriceContext, MidpriceProcess } from './increments.ts';
import { maxStep, maxStepOf, subStepsOf, subStepsOfPath } from './sub-steps.ts';

/** Relative variance of a step up to which the Taylor scheme is used: the price is ten deviations away from 0. */
const SMALL = 0.01;
/** ψ above which Andersen (2008, section 3.2) takes the law with an atom at 0; any value in [1, 2] will do. */
const PSI_CRITICAL = 1.5;

const params = z.strictObject({
  beta: z.number().min(0).max(2).default(0.5).describe('elasticity of the volatility sigma (S/S0)^beta (0 to 2)'),
  max_step: maxStep,
});

/**
 * Constant elasticity of variance (Cox 1975) with an arithmetic drift: dS = μ dt + σ (S/S0)^β dW, absorbed at 0. σ is the
 * price volatility at S0. A price at or below 0 stays where it is, until an impact lifts it.
 */
export const cev = defineMidprice({
  type: 'cev',
  summary: 'constant elasticity of variance, dS = mu dt + sigma (S/S0)^beta dW, absorbed at 0',
  correlates: true,
  params,
  ownSteps: subStepsOfPath,
  createProcess: (own, context) => new CevProcess(own, context),
});

/**
 * With b = σ(S/S0)^β, the weak Taylor scheme of order 2 (Milstein 1978; Kloeden & Platen 1992, eq. 14.2.1 with ΔZ = ½h ΔW)
 *   S + μh + bΔW + ½bb'(ΔW² − h) + ½(μb' + ½b²b'')hΔW,   b' = βb/S, b'' = (β − 1)b'/S,
 * where a step is small beside the price. Where it is not, near 0 or where β > 1 at high prices, the next price has a law
 * of the right mean and variance that is never negative: Andersen's quadratic-exponential one for β < 1, whose
 * atom at 0 is the absorption, the log-normal for β >= 1, which never reaches 0. Hence the mean is exact while S > 0.
 */
class CevProcess implements MidpriceProcess {
  readonly #context: MidpriceContext;
  readonly #beta: number;
  readonly #maxStep: number;
  readonly #marks: UniformStream;

  constructor({ beta, max_step }: z.output<typeof params>, context: MidpriceContext) {
    this.#context = context;
    this.#beta = beta;
    this.#maxStep = maxStepOf(max_step, context.market);
    this.#marks = new UniformStream(context.key, Role.latentMark);
  }

  start(path: number, reversed: boolean): void {
    this.#marks.start(path, reversed);
  }

  advance(price: number, dt: number): number {
    const { normals } = this.#context;
    const steps = subStepsOf(dt, this.#maxStep);
    const h = dt / steps;
    let S = price;
    // The normals of all steps are drawn, absorbed or not: how many there are does not hang on the price.
    for (let i = 0; i < steps; i++) {
      const Z = normals.next();
      if (S > 0) S = this.#step(S, h, Z);
    }
    return S;
  }

  #step(S: number, h: number, Z: number): number {
    const { mu, sigma, S0 } = this.#context.market;
    const beta = this.#beta;
    const b = sigma * exp(beta * log(S / S0));
    const slope = (beta * b) / S;
    const relative = (b / S) * (b / S) * h;
    const mean = S + mu * h;
    if (relative <= SMALL && mean > 0.5 * S) {
      const bend = ((beta - 1) * slope) / S;
      const dW = Math.sqrt(h) * Z;
      const next = mean + dW * (b + 0.5 * (mu * slope + 0.5 * b * b * bend) * h) + 0.5 * b * slope * (dW * dW - h);
      return Math.max(0, next);
    }
    if (mean <= 0) return 0;
    if (relative < 1e-300) return mean;
    if (beta >= 1) {
      const spread = log1p((S / mean) * (S / mean) * expm1(Math.min(relative, 700)));
      return mean * exp(Math.sqrt(spread) * Z - 0.5 * spread);
    }
    return this.#nonNegative(mean, b * b * h, Z);
  }

  /** Andersen (2008, eqs. 23 to 29): a(c + Z)², or 0 with probability p and exponential otherwise. */
  #nonNegative(mean: number, variance: number, Z: number): number {
    if (variance <= PSI_CRITICAL * mean * mean) {
      const r = (2 * mean * mean) / variance;
      const c2 = r - 1 + Math.sqrt(r * (r - 1));
      const c = Math.sqrt(c2) + Z;
      return (mean / (1 + c2)) * c * c;
    }
    const total = variance + mean * mean;
    const rest = 1 - this.#marks.next();
    const alive = (2 * mean * mean) / total;
    return rest < alive ? (total / (2 * mean)) * log(alive / rest) : 0;
  }
}
