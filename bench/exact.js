// @ts-check
/** Exact moments of the stepped scheme, by the recursion over its steps for the law of the inventory; no sampling. */

/** @import { SteppedCell } from '../build/src/simulate/block-request.js' */

const WORDS = 2 ** 32;

/**
 * Mean and standard deviation of PnL for the very table that is simulated, without drift: p, m1 and m2 are P(q),
 * E[PnL; q] and E[PnL²; q]; a fill moves them to the next inventory, then the price adds σ² dt q² to the second moment.
 * @param {SteppedCell} cell @returns {{ mean: number, std: number }}
 */
export function exactSteppedMoments({ steps, dt, sigma, mu, orderSize, startLots, reach, rows, thresholds, ...cell }) {
  if (mu !== 0) throw new Error('the recursion is for a market without drift');
  const width = 2 * reach + 1;
  let law = emptyLaw(width);
  law.p[startLots + reach] = 1;
  for (let step = 0; step < steps; step++) {
    const next = emptyLaw(width);
    for (let j = 0; j < width; j++) {
      const e = j * rows + (rows === 1 ? 0 : step);
      const bid = (thresholds[2 * e] + WORDS / 2) / WORDS;
      const askAlone = (WORDS / 2 - 1 - thresholds[2 * e + 1]) / WORDS;
      const both = Math.max(0, thresholds[2 * e] - cell.bothFrom[e]) / WORDS;
      const bidGain = cell.gains[2 * e];
      const askGain = cell.gains[2 * e + 1];
      move(law, next, j, j, 1 - bid - askAlone, 0);
      move(law, next, j, j, both, bidGain + askGain);
      if (j + 1 < width) move(law, next, j, j + 1, bid - both, bidGain);
      if (j > 0) move(law, next, j, j - 1, askAlone, askGain);
    }
    for (let j = 0; j < width; j++) next.m2[j] += (sigma * (j - reach) * orderSize) ** 2 * dt * next.p[j];
    law = next;
  }
  const mean = law.m1.reduce((sum, x) => sum + x, 0);
  return { mean, std: Math.sqrt(law.m2.reduce((sum, x) => sum + x, 0) - mean * mean) };
}

/** @typedef {{ p: Float64Array, m1: Float64Array, m2: Float64Array }} Law */

/** @param {number} width @returns {Law} */
function emptyLaw(width) {
  return { p: new Float64Array(width), m1: new Float64Array(width), m2: new Float64Array(width) };
}

/** Moves a share of inventory `from` to `to`, its PnL raised by `gain`.
 * @param {Law} law @param {Law} next @param {number} from @param {number} to @param {number} share @param {number} gain */
function move(law, next, from, to, share, gain) {
  const p = law.p[from];
  const m1 = law.m1[from];
  next.p[to] += share * p;
  next.m1[to] += share * (m1 + gain * p);
  next.m2[to] += share * (law.m2[from] + gain * (2 * m1 + gain * p));
}
