import type { SimulatorParameters } from '../config/experiment.ts';
import { exp, log } from '../util/elementary.ts';
import type { StepSystem } from './adaptive.ts';
import { cis, setCis } from './cis.ts';
import type { Exponents } from './exponents.ts';
import type { FillReader, Fills } from './fill-reader.ts';
import { STAGES } from './radau.ts';
import { stageFills } from './stage-fills.ts';
import { type ComplexVector, complexVector, StageSolver } from './stage-solver.ts';

/** A copy: loaders that rewrite modules make a look-up of each use of an import. */
const S = STAGES;

/**
 * E[e^(s(PnL − centre)); q] by inventory in continuous time, for many s at once:
 *     f′ = (λb e^(s Jb) f)↑ + (λa e^(s Ja) f)↓ + [s(μ q − c) − sζq² + ½ s² σ² q² − λb − λa] f,
 * c being the slope of the centre over the step, which takes the fast common phase out. With a real s, sc is its own growth
 * in the step before, and the vector is scaled to the sum 1. A state holds for each s the real parts, the imaginary parts,
 * ln of the scale, and the growth.
 */
export class EventTransform implements StepSystem {
  readonly exponents: Exponents;
  readonly #market: SimulatorParameters;
  readonly #reader: FillReader;
  readonly #centre: (t: number) => number;
  /** Fills expected per unit of time. */
  readonly #activity: number;
  #fills: readonly Fills[] = [];
  readonly #solver: StageSolver;
  readonly #generator: { readonly diagonal: ComplexVector; readonly up: ComplexVector; readonly down: ComplexVector };
  readonly #stages: ComplexVector;
  /** Doubles that one exponent takes in a state. */
  readonly #stride: number;

  constructor(
    market: SimulatorParameters,
    reader: FillReader,
    exponents: Exponents,
    centre: (t: number) => number,
    activity: number,
  ) {
    const { width } = reader.lattice;
    this.exponents = exponents;
    this.#market = market;
    this.#reader = reader;
    this.#centre = centre;
    this.#activity = activity;
    this.#solver = new StageSolver(width);
    const stageVector = () => complexVector(width * S);
    this.#generator = { diagonal: stageVector(), up: stageVector(), down: stageVector() };
    this.#stages = stageVector();
    this.#stride = 2 * width + 2;
  }

  initial(): Float64Array {
    const state = new Float64Array(this.exponents.re.length * this.#stride);
    for (let k = 0; k < this.exponents.re.length; k++) state[k * this.#stride + this.#reader.lattice.start] = 1;
    return state;
  }

  step(state: Float64Array, t: number, h: number, out: Float64Array): void {
    const { width } = this.#reader.lattice;
    this.#fills = stageFills(this.#reader, t, h);
    const slope = (this.#centre(t + h) - this.#centre(t)) / h;
    for (let k = 0; k < this.exponents.re.length; k++) {
      const at = k * this.#stride;
      const growth = state[at + 2 * width + 1]!;
      const isReal = this.exponents.im[k] === 0;
      this.#fillGenerator(k, slope, isReal ? growth : 0);
      this.#solver.factor(h, this.#generator);
      const y = { re: state.subarray(at, at + width), im: state.subarray(at + width, at + 2 * width) };
      this.#solver.solve(y, undefined, this.#stages);
      for (let j = 0; j < width; j++) {
        out[at + j] = this.#stages.re[j * S + S - 1]!;
        out[at + width + j] = this.#stages.im[j * S + S - 1]!;
      }
      if (isReal) {
        const grown = log(scaleToOne(out, at, width)) + growth * h;
        out[at + 2 * width] = state[at + 2 * width]! + grown;
        out[at + 2 * width + 1] = grown / h;
      }
    }
  }

  difference(a: Float64Array, b: Float64Array): number {
    const { width } = this.#reader.lattice;
    let worst = 0;
    for (let at = 0; at < a.length; at += this.#stride) {
      let sum = Math.abs(a[at + 2 * width]! - b[at + 2 * width]!);
      for (let e = at; e < at + 2 * width; e++) sum += Math.abs(a[e]! - b[e]!);
      // Written so that a NaN is kept.
      if (!(sum <= worst)) worst = sum;
    }
    return worst;
  }

  noise(h: number): number {
    return this.#reader.noise * h * this.#activity;
  }

  /** ln of the scale of a real exponent k. */
  logScale(state: Float64Array, k: number): number {
    return state[k * this.#stride + 2 * this.#reader.lattice.width]!;
  }

  /** Share of a real exponent's vector at the ends of a lattice that paths may leave. */
  edgeShare(state: Float64Array, k: number): number {
    const { width, bounded } = this.#reader.lattice;
    const at = k * this.#stride;
    return bounded ? 0 : state[at]! + state[at + width - 1]!;
  }

  /** Σ_q weight(q) f(q) of exponent k, and ln of the scale that it is to be multiplied by. */
  result(state: Float64Array, k: number, weights?: Float64Array): { re: number; im: number; logScale: number } {
    const { width } = this.#reader.lattice;
    const at = k * this.#stride;
    let re = 0;
    let im = 0;
    for (let j = 0; j < width; j++) {
      const weight = weights === undefined ? 1 : weights[j]!;
      re += weight * state[at + j]!;
      im += weight * state[at + width + j]!;
    }
    return { re, im, logScale: state[at + 2 * width]! };
  }

  #fillGenerator(k: number, slope: number, growth: number): void {
    const { inventories, width } = this.#reader.lattice;
    const { mu, sigma } = this.#market;
    const { diagonal, up, down } = this.#generator;
    const re = this.exponents.re[k]!;
    const im = this.exponents.im[k]!;
    // s² of a number that is real or imaginary.
    const square = re * re - im * im;
    for (let j = 0; j < width; j++) {
      const q = inventories[j]!;
      const trend = mu * q - this.exponents.running * q * q;
      const still = re * trend - growth + 0.5 * square * (sigma * q) * (sigma * q);
      for (let i = 0; i < S; i++) {
        const { bid, ask } = this.#fills[i]!;
        const e = j * S + i;
        diagonal.re[e] = still - bid.rate[j]! - ask.rate[j]!;
        diagonal.im[e] = im * (trend - slope);
        if (im === 0) {
          up.re[e] = bid.rate[j]! * exp(re * bid.jump[j]!);
          down.re[e] = ask.rate[j]! * exp(re * ask.jump[j]!);
          up.im[e] = 0;
          down.im[e] = 0;
          continue;
        }
        setCis(im * bid.jump[j]!);
        up.re[e] = bid.rate[j]! * cis.re;
        up.im[e] = bid.rate[j]! * cis.im;
        setCis(im * ask.jump[j]!);
        down.re[e] = ask.rate[j]! * cis.re;
        down.im[e] = ask.rate[j]! * cis.im;
      }
    }
  }
}

/** Scales a vector of expectations, which are positive, to the sum 1; returns the sum that it had. */
function scaleToOne(state: Float64Array, at: number, width: number): number {
  let sum = 0;
  for (let j = at; j < at + width; j++) sum += state[j]!;
  for (let j = at; j < at + width; j++) state[j] = state[j]! / sum;
  return sum;
}
