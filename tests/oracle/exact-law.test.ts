/**
 * Laws of quotes that do not depend on time against dense matrices (fixtures/exact-law.json, by make-exact-law.py): fees,
 * impact, lots of 2, drift, running penalty, few fills, PnL that is nearly a lattice, no inventory bound; and the exact figures behind Avellaneda &
 * Stoikov's tables (2008, section 3.3), of a binomial price.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Scheme, SimulatorParameters } from '../../src/config/experiment.ts';
import { type ExactLaw, exactLaw, exactLawOfRule } from '../../src/exact/exact-law.ts';
import { NoExactLawError } from '../../src/exact/no-exact-law-error.ts';
import type { PlannedScenario } from '../../src/plan/plan.ts';
import type { QuoteRule } from '../../src/strategies/strategy.ts';
import { market, modelOf, strategy } from '../support/simulate.ts';

const MOMENTS = [
  ...(['mean', 'std', 'skewness', 'kurtosis', 'fills_mean', 'fills_std', 'final_q_mean', 'final_q_std'] as const),
  ...(['spread_income', 'terminal_cost', 'certainty_equivalent'] as const),
];
const PERCENTILES = ['p05', 'p50', 'p95', 'cvar95'] as const;

interface Reference {
  readonly case: string;
  readonly scheme: Scheme;
  readonly parameters: Readonly<Record<string, number>> & { readonly Q_max: number | null };
  readonly figures: Readonly<Record<(typeof MOMENTS)[number] | (typeof PERCENTILES)[number], number>>;
  readonly uncertainty: number;
}

const references: Reference[] = JSON.parse(readFileSync(new URL('fixtures/exact-law.json', import.meta.url), 'utf8'));

describe.each(references)(
  '$case, $scheme',
  ({ scheme, parameters, figures, uncertainty }) => {
    const { half_spread = 0, skew = 0, gamma = 0, phi = 0, running = 0, ...rest } = parameters;
    const simulator: SimulatorParameters = { ...market, ...rest, scheme };
    const law = (): ExactLaw =>
      exactLawOfRule(simulator, modelOf(simulator, { gamma, phi, running }), linearRule(half_spread, skew));

    it('has the moments and percentiles of the dense matrices', () => {
      const found = law();
      for (const name of MOMENTS) {
        if (name === 'certainty_equivalent' && parameters.Q_max === null) {
          // Without a bound E[e^(−γPnL)] is decided by the widest inventories, wherever a lattice ends.
          expect(found[name]).toBeNaN();
          continue;
        }
        const distance = Math.abs(found[name] - figures[name]);
        const what = `${name}: ${found[name]} against ${figures[name]}`;
        expect(distance, what).toBeLessThan(1e-9 + 1e-8 * Math.abs(figures[name]));
      }
      for (const name of PERCENTILES) {
        const distance = Math.abs(found[name] - figures[name]);
        // The stated uncertainty must hold; where there are many fills it is small.
        const what = `${name}: ${found[name]} against ${figures[name]}, uncertainty ${found.uncertainty}`;
        expect(distance, what).toBeLessThan(found.uncertainty + uncertainty + 1e-9);
      }
      expect(found.uncertainty).toBeLessThan(parameters['A']! > 1 ? 2e-6 : 5e-5);
      expect(found.inventory_pnl).toBe(found.mean - found.spread_income);
      expect(found.lost).toBeLessThan(1e-14);
    });
  },
  300_000,
);

function linearRule(half: number, skew: number): QuoteRule {
  return {
    timeDependent: false,
    fillRow(_t, inventories, bid, ask) {
      for (let j = 0; j < inventories.length; j++) {
        bid[j] = half + skew * inventories[j]!;
        ask[j] = half - skew * inventories[j]!;
      }
    },
  };
}

describe('the tables of Avellaneda and Stoikov (2008), computed exactly for their scheme', () => {
  const simulator: SimulatorParameters = {
    ...market,
    Q_max: null,
    fill: 'linear',
    midprice: { type: 'binomial', params: {} },
  };
  it.each([
    [0.1, 'avellaneda_stoikov', 64.8925, 6.5432, 2.9268],
    [0.1, 'symmetric', 68.2228, 13.4558, 8.3994],
    [0.01, 'avellaneda_stoikov', 68.3996, 8.9606, 5.2125],
    [0.01, 'symmetric', 68.6661, 13.6775, 8.7117],
    [1, 'avellaneda_stoikov', 31.4545, 4.8379, 1.6414],
    [1, 'symmetric', 43.6853, 10.7332, 5.1714],
  ])('gamma %f, %s', (gamma, type, mean, std, qStd) => {
    const scenario = scenarioOf(simulator, gamma);
    const law = exactLaw({ scenario, strategy: strategy(type) });
    expect([law.mean, law.std, law.final_q_std].map((x) => Number(x.toFixed(4)))).toEqual([mean, std, qStd]);
    expect(law.p05).toBeNaN();
    expect(law.withoutPercentiles).toMatch(/binomial/);
  });
});

describe('what has no exact law', () => {
  it.each([
    [{ midprice: { type: 'heston', params: {} } }, 'constant', /midprice is heston/],
    [{ arrivals: { type: 'hawkes', params: {} } }, 'constant', /arrive as hawkes/],
    [{ depth: { type: 'power_law', params: {} } }, 'constant', /depths of power_law/],
    [{ tick: 0.01 }, 'constant', /ticks/],
    [{ latency: 0.1 }, 'constant', /later/],
    [{}, 'random', /quotes of random hang on more/],
    [{ Q_max: null, q0: 1490, scheme: 'event' as const }, 'constant', /beyond 1500 lots.*Q_max/],
  ])('%o %s', (wishes, type, reason) => {
    const cell = { scenario: scenarioOf({ ...market, ...wishes }, 0.1), strategy: strategy(type) };
    expect(() => exactLaw(cell)).toThrow(NoExactLawError);
    expect(() => exactLaw(cell)).toThrow(reason);
  });

  it('is a constant without market orders: its law is one value', () => {
    const scenario = scenarioOf({ ...market, A: 0, scheme: 'event' }, 0.1);
    const law = exactLaw({ scenario, strategy: strategy('constant', { half_spread: 1 }) });
    expect([law.mean, law.std, law.p05, law.p95, law.cvar95 + 0]).toEqual([0, 0, 0, 0, 0]);
  });

  it('is normal without market orders and with an inventory: N(0, σ²q²T)', () => {
    const scenario = scenarioOf({ ...market, A: 0, q0: 3, scheme: 'event' }, 0.1);
    const law = exactLaw({ scenario, strategy: strategy('constant', { half_spread: 1 }) });
    // SciPy: norm.ppf(0.95) and norm.pdf(norm.ppf(0.95))/0.05.
    expect(Math.abs(law.p95 - 6 * 1.6448536269514722)).toBeLessThan(1e-8);
    expect(Math.abs(law.cvar95 - 6 * 2.0627128075074257)).toBeLessThan(1e-8);
    expect(Math.abs(law.kurtosis)).toBeLessThan(1e-9);
  });
});

function scenarioOf(simulator: SimulatorParameters, gamma: number): PlannedScenario {
  const model = modelOf(simulator, { gamma });
  const choices = { paths: 10, seed: 1, variance_reduction: 'none', statistics: 'exact', pathwise: false } as const;
  return { simulator, model, strategies: [], ...choices, index: 0, point: {} };
}
