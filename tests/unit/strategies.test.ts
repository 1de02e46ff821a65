import { describe, expect, it } from 'vitest';
import type { ModelParameters, QuoteLimits } from '../../src/config/experiment.ts';
import { solveHjb } from '../../src/solve/hjb-grid.ts';
import { strategies } from '../../src/strategies/index.ts';
import type { PathPolicy } from '../../src/strategies/policy.ts';
import { limitPolicy } from '../../src/strategies/quote-limits.ts';
import type { QuoteRule } from '../../src/strategies/strategy.ts';
import { unbounded } from '../oracle/fixtures/solve-models.ts';
import { market } from '../support/simulate.ts';

function ruleOf(type: string, params: object, configured: ModelParameters, limits?: QuoteLimits): QuoteRule {
  const definition = strategies.find((one) => one.type === type);
  if (definition === undefined) throw new Error(`no strategy ${type}`);
  const model = definition.believes?.(params, configured) ?? configured;
  return definition.createRule(params, { simulator: market, model, limits, grid: () => solveHjb(model) });
}

function rowOf(rule: QuoteRule, inventories: readonly number[], t = 0): { bid: number[]; ask: number[] } {
  const bid = new Float64Array(inventories.length);
  const ask = bid.slice();
  rule.fillRow(t, Float64Array.from(inventories), bid, ask);
  return { bid: [...bid], ask: [...ask] };
}

describe('asymptotic_glft', () => {
  // Guéant, Lehalle & Fernandez-Tapia (2013), figures 1 to 3.
  const paper = { ...unbounded, sigma: 0.3, A: 0.9, k: 0.3, gamma: 0.01, T: 600, Q_max: 30, dt: 6 };

  it('quotes the closed form of the paper, at all times', () => {
    const { sigma, gamma, k, A } = paper;
    const slope = Math.sqrt(((sigma ** 2 * gamma) / (2 * k * A)) * (1 + gamma / k) ** (1 + k / gamma));
    const rule = ruleOf('asymptotic_glft', {}, paper);
    expect(rule.timeDependent).toBe(false);
    const { bid, ask } = rowOf(rule, [-1, 0, 10]);
    [-1, 0, 10].forEach((q, j) => {
      expect(bid[j]).toBeCloseTo(Math.log(1 + gamma / k) / gamma + (q + 0.5) * slope, 12);
      expect(ask[j]).toBeCloseTo(Math.log(1 + gamma / k) / gamma - (q - 0.5) * slope, 12);
    });
    // Exact quotes at t = 0, from the paper's figures: within 1 %.
    [3.244919, 3.313045, 3.992933].forEach((exact, j) => {
      expect(Math.abs(bid[j]! / exact - 1)).toBeLessThan(0.01);
    });
  });

  it('stays within the quote bounds, and says why it cannot quote without market orders', () => {
    const { bid, ask } = rowOf(
      ruleOf('asymptotic_glft', {}, { ...paper, delta_min: 3.2, delta_max: 3.3 }),
      [-10, 0, 10],
    );
    expect(bid).toEqual([3.2, 3.3, 3.3]);
    expect(ask).toEqual([3.3, 3.3, 3.2]);
    expect(() => ruleOf('asymptotic_glft', {}, { ...paper, A: 0 })).toThrow(/model\.A/);
  });
});

describe('cartea_jaimungal', () => {
  const model = { ...unbounded, running: 0.05, phi: 0.2, dt: 0.25 };
  const q = [-10, -3, 0, 4, 10];

  it('is the risk-neutral HJB quote with its penalties, whatever gamma is', () => {
    for (const [params, changes] of [
      [{}, {}],
      [{ running: 0.3 }, { running: 0.3 }],
      [
        { phi: 0, running: 0 },
        { phi: 0, running: 0 },
      ],
    ] as const) {
      const neutral = ruleOf('hjb', {}, { ...model, ...changes, gamma: 0 });
      expect(rowOf(ruleOf('cartea_jaimungal', params, { ...model, gamma: 3 }), q, 0.3)).toEqual(rowOf(neutral, q, 0.3));
    }
  });

  it('without penalties quotes 1/k at T and at every inventory inside', () => {
    const { bid, ask } = rowOf(ruleOf('cartea_jaimungal', { phi: 0, running: 0 }, model), q, 1);
    expect(bid.slice(0, -1)).toEqual([0, 1, 2, 3].map(() => 1 / 1.5));
    expect(ask.slice(1)).toEqual([0, 1, 2, 3].map(() => 1 / 1.5));
  });
});

describe('limits of every strategy', () => {
  const none = { min_distance: null, max_distance: null, one_sided_at: null };
  const skewed = { half_spread: 1, skew: 0.5 };
  const q = [-4, -2, 0, 2, 4];
  const free = { bid: [-1, 0, 1, 2, 3], ask: [3, 2, 1, 0, -1] };

  it.each([
    [none, free],
    [
      { ...none, min_distance: 0.5 },
      { bid: [0.5, 0.5, 1, 2, 3], ask: [3, 2, 1, 0.5, 0.5] },
    ],
    [
      { ...none, max_distance: 1.5 },
      { bid: [-1, 0, 1, 1.5, 1.5], ask: [1.5, 1.5, 1, 0, -1] },
    ],
    [
      { ...none, one_sided_at: 3 },
      { bid: [-1, 0, 1, 2, Infinity], ask: [Infinity, 2, 1, 0, -1] },
    ],
    [
      { ...none, one_sided_at: 2 },
      { bid: [-1, 0, 1, Infinity, Infinity], ask: [Infinity, Infinity, 1, 0, -1] },
    ],
    [
      { min_distance: 0, max_distance: 2, one_sided_at: 4 },
      { bid: [0, 0, 1, 2, Infinity], ask: [Infinity, 2, 1, 0, 0] },
    ],
  ])('%o', (limits, expected) => {
    expect(rowOf(ruleOf('inventory_aware', skewed, unbounded, limits), q)).toEqual(expected);
    // The same by the path-wise wrapper.
    const policy = limitPolicy(
      {
        start() {},
        quote(_t, inventory, _S, out) {
          out[0] = 1 + 0.5 * inventory;
          out[1] = 1 - 0.5 * inventory;
        },
      },
      limits,
    );
    const out = new Float64Array(2);
    q.forEach((inventory, j) => {
      policy.quote(0, inventory, 100, out);
      expect([...out]).toEqual([expected.bid[j], expected.ask[j]]);
    });
  });

  it('an absent quote stays absent, and NaN is left to the reader of quotes', () => {
    const limits = { ...none, max_distance: 1 };
    const { bid } = rowOf(ruleOf('hjb', {}, { ...unbounded, dt: 1 }, limits), [10]);
    expect(bid).toEqual([Infinity]);
    const out = new Float64Array(2);
    const broken: PathPolicy = { start() {}, quote: (_t, _q, _S, quotes) => void quotes.fill(NaN) };
    limitPolicy(broken, limits).quote(0, 0, 0, out);
    expect([...out]).toEqual([NaN, NaN]);
  });
});

describe('fee and impact in default quotes', () => {
  const costs = { ...unbounded, maker_fee: 0.2, impact: 0.1, gamma: 0 };
  it.each(['constant', 'inventory_aware', 'avellaneda_stoikov', 'symmetric'])(
    '%s quotes them on both sides',
    (type) => {
      const { bid, ask } = rowOf(ruleOf(type, {}, costs), [0]);
      expect(bid[0]).toBeCloseTo(1 / 1.5 + 0.25, 14);
      expect(ask[0]).toBeCloseTo(1 / 1.5 + 0.25, 14);
    },
  );
});
