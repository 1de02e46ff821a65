import { z } from 'zod';
import { MAX_RATE, nonNegative, positive } from '../../config/fields.ts';
import { exp } from '../../util/elementary.ts';
import type { NumberStream } from '../random/path-stream.ts';
import { defineMidprice } from './define-midprice.ts';
import { HestonStep } from './heston-step.ts';
import type { MidpriceContext, MidpriceProcess } from './increments.ts';
import { SquareRootVariance } from './square-root-variance.ts';
import { maxStep, maxStepOf, subStepsOf, subStepsOfPath } from './sub-steps.ts';

const params = z.strictObject({
  kappa: positive('rate of reversion of the variance, 1 / unit of time', MAX_RATE).default(1),
  theta: nonNegative(
    'level that the variance reverts to, relative (of returns), 1 / unit of time; default: (simulator.sigma/S0)^2',
  ).optional(),
  xi: nonNegative(
    'volatility of the variance, 1 / unit of time; default: sqrt(theta), which with kappa = 1 satisfies the Feller ' +
      'condition 2 kappa theta >= xi^2 (not needed)',
    MAX_RATE,
  ).optional(),
  rho: z.number().min(-1).max(1).default(-0.7).describe('correlation of price and variance (-1 to 1)'),
  v0: nonNegative('initial relative variance, 1 / unit of time; default: (simulator.sigma/S0)^2').optional(),
  max_step: maxStep,
});

/**
 * The stochastic volatility of Heston (1993): dS = (μ/S0) S dt + √v S dW, dv = κ(θ − v) dt + ξ√v dB, d<W, B> = ρ dt, by
 * Andersen's quadratic-exponential scheme with martingale correction ("Simple and efficient simulation of the Heston
 * stochastic volatility model", J. Comput. Finance 11(3), 2008). It needs no Feller condition, keeps the means of S and v at
 * any step, and the rest of the law as the step goes to 0.
 */
export const heston = defineMidprice({
  type: 'heston',
  summary: 'stochastic volatility, dS = (mu/S0) S dt + sqrt(v) S dW, dv = kappa (theta - v) dt + xi sqrt(v) dB',
  params,
  ownSteps: subStepsOfPath,
  createProcess: (own, context) => new HestonProcess(own, context),
});

/** The price, with its variance as latent state. */
export class HestonProcess implements MidpriceProcess {
  readonly #normals: NumberStream;
  readonly #drift: number;
  readonly #maxStep: number;
  readonly #variance: SquareRootVariance;
  readonly #step: HestonStep;

  constructor(own: z.output<typeof params>, { market, normals, key }: MidpriceContext) {
    const level = (market.sigma / market.S0) * (market.sigma / market.S0);
    const { kappa, theta = level, v0 = level, rho } = own;
    const xi = own.xi ?? Math.sqrt(theta);
    this.#normals = normals;
    this.#drift = market.mu / market.S0;
    this.#maxStep = maxStepOf(own.max_step, market);
    this.#variance = new SquareRootVariance({ kappa, theta, xi, v0 }, key);
    this.#step = new HestonStep({ kappa, theta, xi, rho }, this.#variance);
  }

  /** The relative variance v at the time reached. */
  get variance(): number {
    return this.#variance.value;
  }

  start(path: number, reversed: boolean): void {
    this.#variance.start(path, reversed);
  }

  advance(price: number, dt: number): number {
    const steps = subStepsOf(dt, this.#maxStep);
    this.#step.setLength(dt / steps);
    let logarithm = this.#drift * dt;
    for (let i = 0; i < steps; i++) logarithm += this.#step.logReturn(this.#normals.next());
    return price * exp(logarithm);
  }
}
