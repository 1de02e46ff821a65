import type { SimulatorParameters } from '../config/experiment.ts';
import { log } from '../util/elementary.ts';
import { cis, setCis } from './cis.ts';
import type { Exponents } from './exponents.ts';
import { type ComplexVector, complexVector } from './stage-solver.ts';
import { StepFactors } from './step-factors.ts';
import type { SteppedFills } from './stepped-fills.ts';

/** E[e^(s(PnL − its mean)); q] at the end for each s, entry j·count + k, to be multiplied by e^logScale. */
export interface Transform extends ComplexVector {
  readonly logScales: Float64Array;
}

/**
 * The transforms of the stepped scheme by recursion over its steps, all exponents side by side. Real exponents are scaled
 * to the sum 1 in each step.
 */
export function steppedTransform(
  market: SimulatorParameters,
  steps: SteppedFills,
  exponents: Exponents,
  mean: number,
): Transform {
  const { width, start } = steps.reader.lattice;
  const count = exponents.re.length;
  const factors = new StepFactors(market, steps, exponents);
  const { branches } = factors;
  const logScales = new Float64Array(count);
  const isReal = exponents.im.every((x) => x === 0);
  let state = complexVector(width * count);
  let next = complexVector(width * count);
  state.re.fill(1, start * count, (start + 1) * count);
  for (let n = 0; n < steps.count; n++) {
    steps.load(n);
    factors.update();
    for (let j = 0; j < width; j++) {
      put(next, j * count, state, j * count, branches[j]!.stay);
      if (j > 0) add(next, j * count, state, (j - 1) * count, branches[j - 1]!.up);
      if (j + 1 < width) add(next, j * count, state, (j + 1) * count, branches[j + 1]!.down);
    }
    if (isReal) normalise(next, width, logScales);
    [state, next] = [next, state];
  }
  takeOff(mean, state, width, exponents, logScales);
  return { ...state, logScales };
}

/** to = factors · from, over one inventory's exponents. */
function put(to: ComplexVector, target: number, from: ComplexVector, source: number, factors: ComplexVector): void {
  const { re, im } = factors;
  for (let k = 0; k < re.length; k++) {
    const x = from.re[source + k]!;
    const y = from.im[source + k]!;
    to.re[target + k] = x * re[k]! - y * im[k]!;
    to.im[target + k] = x * im[k]! + y * re[k]!;
  }
}

/** to += factors · from. */
function add(to: ComplexVector, target: number, from: ComplexVector, source: number, factors: ComplexVector): void {
  const { re, im } = factors;
  for (let k = 0; k < re.length; k++) {
    const x = from.re[source + k]!;
    const y = from.im[source + k]!;
    to.re[target + k] = to.re[target + k]! + x * re[k]! - y * im[k]!;
    to.im[target + k] = to.im[target + k]! + x * im[k]! + y * re[k]!;
  }
}

function normalise(state: ComplexVector, width: number, logScales: Float64Array): void {
  const count = logScales.length;
  for (let k = 0; k < count; k++) {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += state.re[j * count + k]!;
    for (let j = 0; j < width; j++) state.re[j * count + k] = state.re[j * count + k]! / sum;
    logScales[k] = logScales[k]! + log(sum);
  }
}

/** Turns the transforms of PnL into those of PnL less its mean. */
function takeOff(
  mean: number,
  state: ComplexVector,
  width: number,
  { re, im }: Exponents,
  logScales: Float64Array,
): void {
  const count = re.length;
  for (let k = 0; k < count; k++) {
    logScales[k] = logScales[k]! - re[k]! * mean;
    setCis(-im[k]! * mean);
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
