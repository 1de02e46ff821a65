import type { SimulatorParameters } from '../config/experiment.ts';
import { exp, log } from '../util/elementary.ts';
import { cis, setCis } from './cis.ts';
import type { Exponents } from './exponents.ts';
import { type ComplexVector, complexVector } from './stage-solver.ts';
import type { SteppedFills } from './stepped-fills.ts';

/** E[e^(s(PnL − its mean)); q] at the end for each s, entry j·count + k, to be multiplied by e^logScale. */
export interface Transform extends ComplexVector {
  readonly logScales: Float64Array;
}

/**
 * The transforms of the stepped scheme by recursion over its steps, all exponents side by side. Real exponents are scaled
 * to the sum 1 in each step.
 * @param means E[PnL] after each step, taken off on the way
 */
export function steppedTransform(
  market: SimulatorParameters,
  steps: SteppedFills,
  exponents: Exponents,
  means: Float64Array,
): Transform {
  const { width, start } = steps.reader.lattice;
  const count = exponents.re.length;
  const powers = new Powers(exponents);
  let state = complexVector(width * count);
  let next = complexVector(width * count);
  for (let k = 0; k < count; k++) state.re[start * count + k] = 1;
  const price = priceFactors(market, steps, exponents);
  const logScales = new Float64Array(count);
  const bidFactors = Array.from({ length: width }, () => powers.allocate());
  const askFactors = Array.from({ length: width }, () => powers.allocate());
  const stay = powers.allocate();
  const together = powers.allocate();
  powers.set(together, steps.bothJump);
  for (let n = 0; n < steps.count; n++) {
    steps.load(n);
    next.re.fill(0);
    next.im.fill(0);
    for (let j = 0; j < width; j++) {
      const p = steps.bid[j]!;
      const r = steps.ask[j]!;
      const bid = powers.set(bidFactors[j]!, steps.fills.bid.jump[j]!);
      const ask = powers.set(askFactors[j]!, steps.fills.ask.jump[j]!);
      stayFactors(stay, bid, ask, together, p, r);
      addProduct(next, j * count, state, j * count, stay, 1, count);
      if (j + 1 < width) addProduct(next, (j + 1) * count, state, j * count, bid, p * (1 - r), count);
      if (j > 0) addProduct(next, (j - 1) * count, state, j * count, ask, r * (1 - p), count);
    }
    multiply(next, price);
    centreAndScale(next, width, exponents, means[n + 1]! - means[n]!, logScales);
    [state, next] = [next, state];
  }
  return { ...state, logScales };
}

interface Factors extends ComplexVector {
  jump: number;
}

/** e^(s x) for all exponents. Equally spaced imaginary ones are powers of one number, made afresh every 64. */
class Powers {
  readonly #exponents: Exponents;
  readonly #isImaginary: boolean;

  constructor(exponents: Exponents) {
    this.#exponents = exponents;
    this.#isImaginary = exponents.im.some((x) => x !== 0);
  }

  allocate(): Factors {
    return { ...complexVector(this.#exponents.re.length), jump: Number.NaN };
  }

  /** Writes e^(s·jump), unless that is what is there. */
  set(out: Factors, jump: number): Factors {
    if (out.jump === jump) return out;
    out.jump = jump;
    const { re, im } = this.#exponents;
    if (!this.#isImaginary) {
      for (let k = 0; k < re.length; k++) out.re[k] = exp(re[k]! * jump);
      return out;
    }
    setCis(re.length > 1 ? (im[1]! - im[0]!) * jump : 0);
    const stepRe = cis.re;
    const stepIm = cis.im;
    for (let k = 0; k < re.length; k++) {
      if (k % 64 === 0) {
        setCis(im[k]! * jump);
        out.re[k] = cis.re;
        out.im[k] = cis.im;
      } else {
        out.re[k] = out.re[k - 1]! * stepRe - out.im[k - 1]! * stepIm;
        out.im[k] = out.re[k - 1]! * stepIm + out.im[k - 1]! * stepRe;
      }
    }
    return out;
  }
}

/** (1 − p)(1 − r) + p r e^(s(Jb + Ja + J)): no fill, or both. */
function stayFactors(
  out: ComplexVector,
  bid: ComplexVector,
  ask: ComplexVector,
  together: ComplexVector,
  p: number,
  r: number,
): void {
  const none = (1 - p) * (1 - r);
  const both = p * r;
  for (let k = 0; k < out.re.length; k++) {
    const re = bid.re[k]! * ask.re[k]! - bid.im[k]! * ask.im[k]!;
    const im = bid.re[k]! * ask.im[k]! + bid.im[k]! * ask.re[k]!;
    out.re[k] = none + both * (re * together.re[k]! - im * together.im[k]!);
    out.im[k] = both * (re * together.im[k]! + im * together.re[k]!);
  }
}

/** to += share · factors · from, over one inventory's exponents. */
function addProduct(
  to: ComplexVector,
  target: number,
  from: ComplexVector,
  source: number,
  factors: ComplexVector,
  share: number,
  count: number,
): void {
  if (share === 0) return;
  for (let k = 0; k < count; k++) {
    const re = share * from.re[source + k]!;
    const im = share * from.im[source + k]!;
    to.re[target + k] = to.re[target + k]! + re * factors.re[k]! - im * factors.im[k]!;
    to.im[target + k] = to.im[target + k]! + re * factors.im[k]! + im * factors.re[k]!;
  }
}

function multiply(state: ComplexVector, factors: ComplexVector): void {
  for (let e = 0; e < state.re.length; e++) {
    const re = state.re[e]!;
    const im = state.im[e]!;
    state.re[e] = re * factors.re[e]! - im * factors.im[e]!;
    state.im[e] = re * factors.im[e]! + im * factors.re[e]!;
  }
}

/** E[e^(s q dS)] e^(−s ζ q² dt) over a step: e^(½ s² σ² q² dt), or cosh(s q σ √dt) where s is real and the price binomial. */
function priceFactors(market: SimulatorParameters, steps: SteppedFills, exponents: Exponents): ComplexVector {
  const { inventories, width } = steps.reader.lattice;
  const { mu, sigma, midprice } = market;
  const count = exponents.re.length;
  const out = complexVector(width * count);
  for (let j = 0; j < width; j++) {
    const q = inventories[j]!;
    const drift = (mu * q - exponents.running * q * q) * steps.dt;
    for (let k = 0; k < count; k++) {
      const re = exponents.re[k]!;
      const im = exponents.im[k]!;
      const x = re * sigma * q * Math.sqrt(steps.dt);
      const isBinomial = midprice.type === 'binomial';
      const variance = 0.5 * (re * re - im * im) * (sigma * q) * (sigma * q) * steps.dt;
      const size = isBinomial ? 0.5 * (exp(x) + exp(-x)) * exp(re * drift) : exp(variance + re * drift);
      setCis(im * drift);
      out.re[j * count + k] = size * cis.re;
      out.im[j * count + k] = size * cis.im;
    }
  }
  return out;
}

/** Takes the mean's increment off; scales real exponents to the sum 1. */
function centreAndScale(
  state: ComplexVector,
  width: number,
  { re, im }: Exponents,
  increment: number,
  logScales: Float64Array,
): void {
  const count = re.length;
  for (let k = 0; k < count; k++) {
    if (im[k] === 0) {
      let sum = 0;
      for (let j = 0; j < width; j++) sum += state.re[j * count + k]!;
      for (let j = 0; j < width; j++) state.re[j * count + k] = state.re[j * count + k]! / sum;
      logScales[k] = logScales[k]! + log(sum) - re[k]! * increment;
      continue;
    }
    setCis(-im[k]! * increment);
    const { re: turnRe, im: turnIm } = cis;
    for (let j = 0; j < width; j++) {
      const e = j * count + k;
      const x = state.re[e]!;
      const y = state.im[e]!;
      state.re[e] = x * turnRe - y * turnIm;
      state.im[e] = x * turnIm + y * turnRe;
    }
  }
}
