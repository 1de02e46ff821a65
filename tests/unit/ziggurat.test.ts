import { expect, it } from 'vitest';
import { Role } from '../../src/simulate/random/roles.ts';
import { fillWords, type Key } from '../../src/simulate/random/threefry.ts';
import { MAX_NORMALS, wordsToNormals } from '../../src/simulate/random/ziggurat.ts';
import { zigguratLayers } from '../../src/simulate/random/ziggurat-layers.ts';
import { exp, log } from '../../src/util/elementary.ts';

const key: Key = [11, 22, 33, 44];

function normals(path: number, first: number, count: number): Float64Array {
  const words = new Int32Array(4 * Math.ceil(count / 4));
  fillWords(key, first / 4, path, 0, Role.price, words, words.length / 4);
  const out = new Float64Array(count);
  wordsToNormals(words, count, first, { key, path, role: Role.priceRejected }, out);
  return out;
}

it('has layers of one area that end at the density of 0', () => {
  // The start of the tail, and P(Z > r) there from SciPy's norm.sf.
  const tail = 4.038849846109505;
  const area = 0.001226324646353088;
  const f = (x: number): number => exp(-0.5 * x * x);
  const { density, width } = zigguratLayers(f, (y) => Math.sqrt(-2 * log(y)), tail, area, 1);
  expect(tail * f(tail) + Math.sqrt(2 * Math.PI) * 2.6856967303427568e-5).toBeCloseTo(area, 15);
  expect(density[1023]! + area / width[1023]!).toBeCloseTo(1, 11);
});

it('does not depend on how a stream is cut up', () => {
  const whole = normals(3, 0, 4096);
  for (const [first, count] of [
    [0, 1024],
    [1024, 1000],
    [4000, 96],
  ] as const) {
    expect(normals(3, first, count)).toEqual(whole.slice(first, first + count));
  }
});

it('has the moments of a standard normal, within 4 standard errors over 8 million draws', () => {
  const paths = 2000;
  const n = paths * MAX_NORMALS;
  const sums = [0, 0, 0, 0, 0, 0];
  for (let path = 0; path < paths; path++) {
    for (const z of normals(path, 0, MAX_NORMALS)) {
      let power = 1;
      for (let p = 0; p < 6; p++) {
        power *= z;
        sums[p]! += power;
      }
    }
  }
  // E Z^p = 0, 1, 0, 3, 0, 15 and Var Z^p = 1, 2, 15, 96, 945, 10170.
  const means = [0, 1, 0, 3, 0, 15];
  const variances = [1, 2, 15, 96, 945, 10170];
  for (let p = 0; p < 6; p++) {
    expect(Math.abs(sums[p]! / n - means[p]!), `moment ${p + 1}`).toBeLessThan(4 * Math.sqrt(variances[p]! / n));
  }
});

it('has the law of a standard normal in the body, at the layers and in the tail', () => {
  // P(Z <= x) from SciPy's norm.cdf; the first two and the last lie beyond the ziggurat's r = 4.039.
  const law: readonly (readonly [number, number])[] = [
    [-4.1, 2.0657506912546717e-5],
    [-4.038849846109505, 2.6856967303427568e-5],
    [-3.7, 0.00010779973347738823],
    [-2, 0.022750131948179195],
    [-1, 0.15865525393145707],
    [-0.25, 0.4012936743170763],
    [0, 0.5],
    [0.5, 0.6914624612740131],
    [1.5, 0.9331927987311419],
    [3, 0.9986501019683699],
    [3.7, 0.9998922002665226],
    [4.2, 0.9999866542509841],
  ];
  const paths = 2000;
  const n = paths * MAX_NORMALS;
  const counts = law.map(() => 0);
  for (let path = 0; path < paths; path++) {
    for (const z of normals(path, 0, MAX_NORMALS)) {
      for (let i = 0; i < law.length; i++) if (z <= law[i]![0]) counts[i]!++;
    }
  }
  law.forEach(([x, p], i) => {
    const se = Math.sqrt((p * (1 - p)) / n);
    expect(Math.abs(counts[i]! / n - p), `P(Z <= ${x})`).toBeLessThan(4 * se);
  });
});
