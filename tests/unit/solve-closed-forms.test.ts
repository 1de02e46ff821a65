import { describe, expect, it } from 'vitest';
import {
  avellanedaStoikovQuotes,
  clampToBounds,
  glftAsymptoticQuotes,
  glftSkew,
  optimalMyopicHalfSpread,
  symmetricHalfSpread,
} from '../../src/solve/closed-forms.ts';
import { solveHjb } from '../../src/solve/hjb-grid.ts';
import { quotesFromTheta } from '../../src/solve/quotes.ts';
import { unbounded } from '../oracle/fixtures/solve-models.ts';

describe('myopic distance', () => {
  it('is (1/γ) ln(1 + γ/k), and 1.82 at the usual defaults', () => {
    expect(optimalMyopicHalfSpread({ ...unbounded, gamma: 0.1, k: 0.5 })).toBeCloseTo(10 * Math.log(1.2), 14);
  });

  it('tends to 1/k with γ', () => {
    expect(optimalMyopicHalfSpread({ ...unbounded, gamma: 0 })).toBe(1 / 1.5);
    for (const gamma of [1e-12, 1e-120, 1e-310]) {
      expect(Math.abs(optimalMyopicHalfSpread({ ...unbounded, gamma }) * 1.5 - 1)).toBeLessThan(2 * gamma + 1e-15);
    }
  });

  it('sees the order size through γ z', () => {
    const { gamma } = unbounded;
    expect(optimalMyopicHalfSpread({ ...unbounded, order_size: 4 })).toBe(
      optimalMyopicHalfSpread({ ...unbounded, gamma: 4 * gamma }),
    );
  });
});

it('clamps to the bounds that are set', () => {
  expect(clampToBounds(unbounded, -3)).toBe(-3);
  const bounded = { ...unbounded, delta_min: -1, delta_max: 0.5 };
  expect([-3, 0, 3, Infinity].map((x) => clampToBounds(bounded, x))).toEqual([-1, 0, 0.5, 0.5]);
});

describe('Avellaneda & Stoikov (2008)', () => {
  it.each([
    [0.1, 1.49],
    [0.01, 1.35],
    [1, 3.02],
  ])('average spread at γ = %d is the published %d', (gamma, spread) => {
    // The paper rounds 1.4908, 1.3467 and 3.0217 (the last two by its own rule to two decimals).
    expect(Math.abs(2 * symmetricHalfSpread({ ...unbounded, gamma }) - spread)).toBeLessThan(0.005);
  });

  it('reservation price and spread', () => {
    const { bid, ask } = avellanedaStoikovQuotes({ ...unbounded, mu: 7 }, 0.25, 3);
    expect(bid + ask).toBeCloseTo(0.1 * 4 * 0.75 + 20 * Math.log(1 + 0.1 / 1.5), 13);
    expect((ask - bid) / 2).toBeCloseTo(-3 * 0.1 * 4 * 0.75, 13);
  });

  it('quotes by the lot: inventory in lots, with γ z', () => {
    const sized = avellanedaStoikovQuotes({ ...unbounded, order_size: 2 }, 0.5, 6);
    const unit = avellanedaStoikovQuotes({ ...unbounded, gamma: 0.2 }, 0.5, 3);
    expect(sized.bid).toBeCloseTo(unit.bid, 14);
    expect(sized.ask).toBeCloseTo(unit.ask, 14);
  });
});

describe('GLFT asymptotics', () => {
  it('slope of the paper at z = 1, ζ = 0', () => {
    const { sigma, gamma, k, A } = unbounded;
    const slope = Math.sqrt(((sigma * sigma * gamma) / (2 * k * A)) * (1 + gamma / k) ** (1 + k / gamma));
    expect(glftSkew(unbounded)).toBeCloseTo(slope, 14);
    const { bid, ask } = glftAsymptoticQuotes(unbounded, 3);
    expect(bid).toBeCloseTo(optimalMyopicHalfSpread(unbounded) + 3.5 * slope, 14);
    expect(ask).toBeCloseTo(optimalMyopicHalfSpread(unbounded) - 2.5 * slope, 14);
  });

  it('quotes of the paper with impact ξ: ξ/2 wider, slope times e^(kξ/4); a fee c: c wider, slope times e^(kc/2)', () => {
    const { sigma, gamma, k, A } = unbounded;
    const myopic = Math.log(1 + gamma / k) / gamma;
    const slope = Math.sqrt(((sigma * sigma * gamma) / (2 * k * A)) * (1 + gamma / k) ** (1 + k / gamma));
    const impact = 0.8;
    const moved = glftAsymptoticQuotes({ ...unbounded, impact }, 3);
    expect(moved.bid).toBeCloseTo(impact / 2 + myopic + 3.5 * Math.exp((k * impact) / 4) * slope, 13);
    expect(moved.ask).toBeCloseTo(impact / 2 + myopic - 2.5 * Math.exp((k * impact) / 4) * slope, 13);
    const charged = glftAsymptoticQuotes({ ...unbounded, maker_fee: 0.3 }, 3);
    expect(charged.bid).toBeCloseTo(0.3 + myopic + 3.5 * Math.exp(k * 0.15) * slope, 13);
  });

  it('tends to √(ζ e/(kA)) as γ tends to 0, and is 0 without inventory cost', () => {
    const limit = Math.sqrt((0.02 * Math.E) / (unbounded.k * unbounded.A));
    for (const gamma of [0, 1e-13]) {
      expect(Math.abs(glftSkew({ ...unbounded, gamma, running: 0.02 }) / limit - 1)).toBeLessThan(1e-9);
    }
    expect(glftSkew({ ...unbounded, gamma: 0 })).toBe(0);
  });

  it.each([
    { gamma: 0.03, order_size: 2, Q_max: 80, running: 0 },
    { gamma: 0, order_size: 0.5, Q_max: 20, running: 0.1 },
    { gamma: 0.05, order_size: 1, Q_max: 40, running: 0.02 },
    { gamma: 0.05, order_size: 1, Q_max: 40, running: 0, impact: 0.6 },
    { gamma: 0.03, order_size: 2, Q_max: 80, running: 0.01, impact: 0.3, maker_fee: -0.2 },
    { gamma: 0.02, order_size: 1, Q_max: 40, running: 0, maker_fee: 0.5 },
  ])('the solved quotes far from T have this slope: %o', (changes) => {
    const model = { ...unbounded, ...changes, T: 60, dt: 60, A: 500 };
    const { theta, inventories } = solveHjb(model);
    const m = inventories.length;
    const bid = new Float64Array(m);
    const ask = new Float64Array(m);
    quotesFromTheta(model, theta.subarray(0, m), bid, ask);
    const middle = (m - 1) / 2;
    // The asymptotic form is the ground state of the continuous limit; at these values it is good to 1 %.
    expect(Math.abs((bid[middle + 1]! - bid[middle]!) / model.order_size / glftSkew(model) - 1)).toBeLessThan(0.01);
    const asymptotic = glftAsymptoticQuotes(model, inventories[middle + 2]!);
    expect(Math.abs(bid[middle + 2]! - asymptotic.bid)).toBeLessThan(1e-3);
    expect(Math.abs(ask[middle + 2]! - asymptotic.ask)).toBeLessThan(1e-3);
  });
});
