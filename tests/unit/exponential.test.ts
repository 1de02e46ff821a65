import { expect, it } from 'vitest';
import { wordsToExponentials } from '../../src/simulate/random/exponential.ts';
import { Role } from '../../src/simulate/random/roles.ts';
import { fillWords, type Key } from '../../src/simulate/random/threefry.ts';
import { zigguratLayers } from '../../src/simulate/random/ziggurat-layers.ts';
import { exp, log } from '../../src/util/elementary.ts';

const key: Key = [55, 66, 77, 88];
/** The most words that one call takes. */
const MOST = 4096;
/** Where the ziggurat's tail begins, and the area of a layer. */
const TAIL = 9.256164544265545;
const AREA = 0.0009796789906620208;

function exponentials(path: number, first: number, count: number): Float64Array {
  const words = new Int32Array(4 * Math.ceil(count / 4));
  fillWords(key, first / 4, path, 0, Role.arrivalWait, words, words.length / 4);
  const out = new Float64Array(count);
  wordsToExponentials(words, count, first, { key, path, role: Role.arrivalWaitRejected }, out);
  return out;
}

/** P(E > x) from SciPy's expon.sf, in the body, at edges of layers (0.0315, 1.537) and, past 9.256, in the tail. */
const SURVIVAL: readonly (readonly [number, number])[] = [
  [0.0001, 0.9999000049998333],
  [0.031546999936034735, 0.968945415010999],
  [0.06385216381500192, 0.9381436808621761],
  [0.25, 0.7788007830714049],
  [Math.LN2, 0.5],
  [0.8641046048110047, 0.4214287289976168],
  [1.5373123302506937, 0.21495806202056367],
  [2.688959688741804, 0.06795159342193662],
  [4.0, 0.01831563888873418],
  [6.0, 0.0024787521766663585],
  [6.941033629377213, 0.0009672692823271743],
  [7.5, 0.0005530843701478336],
  [7.69711747013105, 0.0004541343538414966],
  [7.8, 0.00040973497897978675],
  [9.256164544265545, 9.552098997960996e-5],
  [9.5, 7.485182988770058e-5],
  [11.0, 1.670170079024566e-5],
];

it('has layers of one area that end at the density of 0', () => {
  const { density, width } = zigguratLayers(
    (x) => exp(-x),
    (y) => -log(y),
    TAIL,
    AREA,
    1,
  );
  // The tail's area is e^−r.
  expect(TAIL * exp(-TAIL) + exp(-TAIL)).toBeCloseTo(AREA, 15);
  expect(density[1023]! + AREA / width[1023]!).toBeCloseTo(1, 11);
});

it('does not depend on how a stream is cut up', () => {
  const whole = exponentials(3, 0, MOST);
  for (const [first, count] of [
    [0, 1024],
    [1024, 1000],
    [4000, 96],
    [64, 64],
  ] as const) {
    expect(exponentials(3, first, count)).toEqual(whole.slice(first, first + count));
  }
});

it('has the moments and the law of a standard exponential, within 4 standard errors over 8 million draws', () => {
  const paths = 2000;
  const n = paths * MOST;
  const powers = [0, 0, 0, 0];
  const counts = SURVIVAL.map(() => 0);
  for (let path = 0; path < paths; path++) {
    for (const x of exponentials(path, 0, MOST)) {
      let power = 1;
      for (let p = 0; p < 4; p++) {
        power *= x;
        powers[p]! += power;
      }
      for (let i = 0; i < SURVIVAL.length && x > SURVIVAL[i]![0]; i++) counts[i]!++;
    }
  }
  // E X^p = p! = 1, 2, 6, 24 and Var X^p = (2p)! − (p!)² = 1, 20, 684, 39744.
  const means = [1, 2, 6, 24];
  const variances = [1, 20, 684, 39744];
  for (let p = 0; p < 4; p++) {
    expect(Math.abs(powers[p]! / n - means[p]!), `moment ${p + 1}`).toBeLessThan(4 * Math.sqrt(variances[p]! / n));
  }
  SURVIVAL.forEach(([x, p], i) => {
    const se = Math.sqrt((p * (1 - p)) / n);
    expect(Math.abs(counts[i]! / n - p), `P(X > ${x})`).toBeLessThan(4 * se);
  });
});

it('has the law within the tail: what passes 9.256 is again exponential', () => {
  let beyond = 0;
  let sum = 0;
  for (let path = 0; path < 2000; path++) {
    for (const x of exponentials(path, 0, MOST)) {
      if (x <= TAIL) continue;
      beyond++;
      sum += x - TAIL;
    }
  }
  // About 780 draws; the mean of the excess is 1 with standard deviation 1.
  expect(Math.abs(sum / beyond - 1)).toBeLessThan(4 / Math.sqrt(beyond));
});

it('has successive draws without correlation', () => {
  const n = 500 * (MOST - 1);
  let sum = 0;
  for (let path = 0; path < 500; path++) {
    const x = exponentials(path, 0, MOST);
    for (let i = 1; i < MOST; i++) sum += (x[i]! - 1) * (x[i - 1]! - 1);
  }
  expect(Math.abs(sum / n)).toBeLessThan(4 / Math.sqrt(n));
});
