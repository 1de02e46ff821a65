import { describe, expect, it } from 'vitest';
import { midprices } from '../../src/simulate/midprice/index.ts';
import { midpriceMarket, walkNamed } from '../support/midprice.ts';

const market = { ...midpriceMarket, sigma: 20, mu: 3, dt: 0.1 };
const STEPS = [0.1, 0.1, 0.37, 1e-6, 0.1, 0.25, 0.04];

/** The prices along one path; the price jumps by an impact at each step. */
function pathOf({ process, start }: ReturnType<typeof walkNamed>, path: number, reversed = false): number[] {
  start(path, reversed);
  let S = 100;
  return STEPS.map((dt, i) => {
    S = process.advance(S + (i % 2 === 0 ? 0.5 : -0.25), dt);
    return S;
  });
}

describe.each(midprices.map(({ type }) => type))('%s', (type) => {
  const walk = walkNamed(type, {}, market);

  it('gives the same path whatever came before it', () => {
    const ascending = [0, 1, 2, 3].map((path) => pathOf(walk, path));
    const descending = [3, 2, 1, 0].map((path) => pathOf(walk, path)).reverse();
    const alone = [0, 1, 2, 3].map((path) => pathOf(walkNamed(type, {}, market), path));
    expect(descending).toEqual(ascending);
    expect(alone).toEqual(ascending);
    expect(new Set(ascending.map(String)).size).toBe(4);
  });

  it('gives other paths to other seeds', () => {
    expect(pathOf(walkNamed(type, {}, market, 'another'), 0)).not.toEqual(pathOf(walk, 0));
  });

  it('has an antithetic twin that is correlated negatively', () => {
    let [products, squares] = [0, 0];
    for (let path = 0; path < 500; path++) {
      const [own, twin] = [false, true].map((reversed) => pathOf(walk, path, reversed).at(-1)! - 103);
      products += own! * twin!;
      squares += own! * own!;
    }
    expect(products / squares).toBeLessThan(-0.5);
  });
});

it('gives these bits in every engine', () => {
  const last = midprices.map(({ type }) => [type, pathOf(walkNamed(type, {}, market), 2).at(-1)]);
  expect(Object.fromEntries(last)).toEqual({
    brownian: 89.99049401096342,
    binomial: 96.91814390041384,
    geometric: 88.7555348453288,
    ornstein_uhlenbeck: 89.30721556654409,
    merton: 76.52403352396043,
    heston: 74.92893514515897,
    cev: 101.66675822063037,
  });
});
