import { z } from 'zod';
import { finite, MAX_JUMP_RATE, nonNegative } from '../../config/fields.ts';
import { log } from '../../util/elementary.ts';
import { NormalStream, UniformStream } from '../random/path-stream.ts';
import { Role } from '../random/roles.ts';
import { defineMidprice } from './define-midprice.ts';
import type { MidpriceContext, MidpriceProcess } from './increments.ts';

const params = z.strictObject({
  jump_intensity: nonNegative('mean number of jumps per unit of time', MAX_JUMP_RATE).default(1),
  jump_mean: finite('mean of a jump, price units').default(0),
  jump_std: nonNegative(
    'standard deviation of a jump, price units; default: that of the diffusion over one unit of time, simulator.sigma',
  ).optional(),
});

/**
 * The jump diffusion of Merton (1976) in price units: dS = μ dt + σ dW + J dN, with N a Poisson process of rate
 * jump_intensity and J ~ N(jump_mean, jump_std²); exact at any step. The jumps are not compensated:
 * E[S_T] = S0 + (μ + jump_intensity · jump_mean) T.
 */
export const merton = defineMidprice({
  type: 'merton',
  summary: 'arithmetic Brownian motion with normal jumps, dS = mu dt + sigma dW + J dN',
  correlates: true,
  params,
  ownSteps: ({ jump_intensity }, { T }) => ({ count: jump_intensity * T, what: 'jumps', key: 'jump_intensity' }),
  createProcess: (own, context) => new MertonProcess(own, context),
});

/** Jump times are drawn one after the other, so that they and the jumps do not hang on how time is cut into steps. */
class MertonProcess implements MidpriceProcess {
  readonly #context: MidpriceContext;
  readonly #intensity: number;
  readonly #jumpMean: number;
  readonly #jumpStd: number;
  readonly #waits: UniformStream;
  readonly #sizes: NormalStream;
  /** Time until the next jump. */
  #wait = Number.POSITIVE_INFINITY;

  constructor({ jump_intensity, jump_mean, jump_std }: z.output<typeof params>, context: MidpriceContext) {
    this.#context = context;
    this.#intensity = jump_intensity;
    this.#jumpMean = jump_mean;
    this.#jumpStd = jump_std ?? context.market.sigma;
    this.#waits = new UniformStream(context.key, Role.jumpCount);
    this.#sizes = new NormalStream(context.key, Role.jumpSize, Role.jumpSizeRejected);
  }

  start(path: number, reversed: boolean): void {
    this.#waits.start(path, reversed);
    this.#sizes.start(path, reversed);
    this.#wait = this.#nextWait();
  }

  advance(price: number, dt: number): number {
    const { market, normals } = this.#context;
    let jumps = 0;
    let passed = this.#wait;
    while (passed <= dt) {
      jumps += this.#jumpMean + this.#jumpStd * this.#sizes.next();
      passed += this.#nextWait();
    }
    this.#wait = passed - dt;
    return price + market.mu * dt + market.sigma * Math.sqrt(dt) * normals.next() + jumps;
  }

  /** Exponential, by inversion; no wait where jump_intensity is 0. */
  #nextWait(): number {
    return -log(this.#waits.next()) / this.#intensity;
  }
}
