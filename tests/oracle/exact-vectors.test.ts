/**
 * The exact laws against figures of independent implementations (tests/vectors, and fixtures/event-law.json by
 * make-event-law.py): moments to 1e-8 relative, percentiles and CVaR to 1e-6 and the references' own uncertainty.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Fill, ModelParameters, Scheme, SimulatorParameters } from '../../src/config/experiment.ts';
import { certaintyEquivalent } from '../../src/exact/certainty-equivalent.ts';
import { type ExactLaw, engineOf, exactLawOfRule } from '../../src/exact/exact-law.ts';
import { type MomentFigures, momentFigures } from '../../src/exact/moment-figures.ts';
import { solveHjb } from '../../src/solve/hjb-grid.ts';
import { strategies } from '../../src/strategies/index.ts';
import type { QuoteRule } from '../../src/strategies/strategy.ts';
import { eventLaws } from '../support/event-law.ts';
import {
  type ExactCase,
  type ExactMoments,
  exactCases,
  type ExactLaw as ReferenceLaw,
} from '../support/exact-cases.ts';

const laws = new Map(eventLaws().map((law) => [law.case, law]));

/** Percentiles of the vectors' `guide-defaults` are coarser near the kinks of its density: exact-law.test.ts has them. */
const COARSE = 'guide-defaults';

it('finds the six cases', () => {
  expect(exactCases()).toHaveLength(6);
});

describe.each(exactCases())(
  '$name',
  (exact: ExactCase) => {
    it.each(['hjb', 'constant'] as const)('%s, event', (type) => {
      const law = lawOf(exact, type, 'event', 'poisson');
      checkMoments(law, exact[type].event);
      const reference = laws.get(exact.name)?.[type];
      if (reference !== undefined) checkLaw(law, reference, reference.uncertainty + 1e-8);
    });
    it.each(['hjb', 'constant'] as const)('%s, stepped with poisson fills', (type) => {
      const { poisson, poisson_law } = exact[type].stepped;
      if (poisson_law === undefined || exact.name === COARSE) {
        checkMoments(momentsOf(exact, type, 'poisson'), poisson);
        return;
      }
      const law = lawOf(exact, type, 'stepped', 'poisson');
      checkMoments(law, poisson);
      checkLaw(law, poisson_law, 1e-6);
    });
    it('hjb, stepped with linear fills', () => {
      const { linear } = exact.hjb.stepped;
      if (linear === undefined) throw new Error('the case has no such moments');
      checkMoments(momentsOf(exact, 'hjb', 'linear'), linear);
    });
    it('gives θ(0, q0) as the certainty equivalent of the quotes of the equation', () => {
      const { theta_t0, q0 } = vectorOf(exact.name);
      const law = lawOf(exact, 'hjb', 'event', 'poisson');
      const theta = theta_t0[(theta_t0.length - 1) / 2 + q0]!;
      expect(Math.abs(law.certainty_equivalent - theta)).toBeLessThan(2e-9 + 1e-9 * Math.abs(theta));
    });
  },
  300_000,
);

describe('the certainty equivalent as γ tends to 0', () => {
  const exact = exactCases().find(({ name }) => name === 'drift-and-inventory')!;

  it.each([1e-4, 1e-7, 1e-12, 1e-300])('is θ(0, q0) at γ = %d, both costs included', (gamma) => {
    const model = { ...exact.model, gamma, running: 0.3 };
    const { value } = equivalentOf({ ...exact, model }, 'hjb', 'event').equivalent;
    const grid = solveHjb(model);
    const theta = grid.theta[(grid.inventories.length - 1) / 2 + exact.simulator.q0]!;
    expect(Math.abs(value - theta)).toBeLessThan(1e-9);
  });

  it.each([1e-6, 1e-12, 1e-300])('is mean − γ std²/2 at γ = %d, stepped', (gamma) => {
    const model = { ...exact.model, gamma, phi: 0 };
    const { equivalent, moments } = equivalentOf({ ...exact, model }, 'constant', 'stepped');
    const expansion = moments.mean - 0.5 * gamma * moments.std ** 2;
    expect(Math.abs(equivalent.value - expansion)).toBeLessThan(1e-9);
    expect(Math.abs(equivalent.deviation / moments.std - 1)).toBeLessThan(1e-2);
  });
});

function equivalentOf(exact: ExactCase, type: 'hjb' | 'constant', scheme: Scheme) {
  const { market, model, rule } = makerOf(exact, type, scheme, 'poisson');
  const engine = engineOf(market, rule, type);
  const moments = momentFigures(engine, model);
  return { moments, equivalent: certaintyEquivalent(engine, moments, model) };
}

const known = new Map<string, ExactLaw>();

function lawOf(exact: ExactCase, type: 'hjb' | 'constant', scheme: Scheme, fill: Fill): ExactLaw {
  const key = [exact.name, type, scheme, fill].join();
  const law = known.get(key) ?? computeLaw(exact, type, scheme, fill);
  known.set(key, law);
  return law;
}

function computeLaw(exact: ExactCase, type: 'hjb' | 'constant', scheme: Scheme, fill: Fill): ExactLaw {
  const { market, model, rule } = makerOf(exact, type, scheme, fill);
  return exactLawOfRule(market, model, rule);
}

/** The moments of the stepped scheme, without the percentiles, which cost far more. */
function momentsOf(exact: ExactCase, type: 'hjb' | 'constant', fill: Fill): MomentFigures {
  const { market, model, rule } = makerOf(exact, type, 'stepped', fill);
  return momentFigures(engineOf(market, rule, type), model);
}

function makerOf(
  { simulator, model, constant }: ExactCase,
  type: 'hjb' | 'constant',
  scheme: Scheme,
  fill: Fill,
): { readonly market: SimulatorParameters; readonly model: ModelParameters; readonly rule: QuoteRule } {
  const market = { ...simulator, scheme, fill };
  const params = type === 'constant' ? { half_spread: constant.half_spread } : {};
  const definition = strategies.find((strategy) => strategy.type === type)!;
  return {
    market,
    model,
    rule: definition.createRule(params, { simulator: market, model, grid: () => solveHjb(model) }),
  };
}

function checkMoments(law: MomentFigures, { mean, std, mean_q, std_q, mean_fills, mean_int_q2 }: ExactMoments): void {
  near(law.mean, mean, 'mean');
  near(law.std, std, 'std');
  near(law.final_q_mean, mean_q, 'mean q');
  near(law.final_q_std, std_q, 'std q');
  near(law.fills_mean, mean_fills, 'fills');
  if (mean_int_q2 !== undefined) near(law.integral_q2_mean, mean_int_q2, '∫q²');
}

/** To 1e-8 relative, and the references' ten decimals. */
function near(value: number, reference: number, what: string): void {
  const distance = Math.abs(value - reference);
  expect(distance, `${what}: ${value} against ${reference}`).toBeLessThan(1e-10 + 1e-8 * Math.abs(reference));
}

function checkLaw(law: ExactLaw, reference: ReferenceLaw, tolerance: number): void {
  const pairs = { p05: law.p05, p50: law.p50, p95: law.p95, var: law.var95, cvar: law.cvar95 } as const;
  for (const name of ['p05', 'p50', 'p95', 'var', 'cvar'] as const) {
    const what = `${name}: ${pairs[name]} against ${reference[name]}`;
    expect(Math.abs(pairs[name] - reference[name]), what).toBeLessThan(tolerance);
  }
  expect(law.uncertainty).toBeLessThan(1e-5);
}

function vectorOf(name: string): { readonly theta_t0: readonly number[]; readonly q0: number } {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8'));
}
