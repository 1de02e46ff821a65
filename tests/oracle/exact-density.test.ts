/**
 * The densities drawn over histograms against percentiles of independent implementations (fixtures/event-law.json by
 * make-event-law.py, and tests/vectors for the stepped scheme): up to a percentile they hold its share of the
 * probability, to what the trapezoid rule over 4,001 points leaves.
 */
import { describe, expect, it } from 'vitest';
import type { Scheme } from '../../src/config/experiment.ts';
import { type ExactDensity, exactDensity } from '../../src/exact/exact-density.ts';
import { NoExactLawError } from '../../src/exact/no-exact-law-error.ts';
import { eventLaws } from '../support/event-law.ts';
import { type ExactCase, exactCases } from '../support/exact-cases.ts';
import { strategy } from '../support/simulate.ts';

const laws = new Map(eventLaws().map((law) => [law.case, law]));
const cases = exactCases().filter(({ name }) => name === 'avellaneda-stoikov-2008' || name === 'bounds-bind-partly');

describe.each(cases)('$name', (exact) => {
  it.each(['hjb', 'constant'] as const)('%s, event', (type) => {
    const law = laws.get(exact.name)?.[type];
    if (law !== undefined) checkShares(densityOf(exact, type, 'event'), law);
    expect(exact.name === 'avellaneda-stoikov-2008' && law === undefined).toBe(false);
  });
  it.each(['hjb', 'constant'] as const)('%s, stepped', (type) => {
    const { poisson, poisson_law } = exact[type].stepped;
    const density = densityOf(exact, type, 'stepped');
    const mean = integral(density, Number.POSITIVE_INFINITY, (x) => x);
    expect(Math.abs(mean - poisson.mean)).toBeLessThan(1e-5 * poisson.std);
    if (poisson_law !== undefined) checkShares(density, poisson_law);
  });
});

it('says where there is no density', () => {
  const [exact] = cases;
  if (exact === undefined) throw new Error('no case');
  expect(() => densityOf({ ...exact, simulator: { ...exact.simulator, sigma: 0 } }, 'constant', 'event')).toThrow(
    NoExactLawError,
  );
});

function densityOf({ simulator, model, constant }: ExactCase, type: 'hjb' | 'constant', scheme: Scheme): ExactDensity {
  const spec = strategy(type, type === 'hjb' ? {} : { half_spread: constant.half_spread });
  const market = { ...simulator, scheme, fill: 'poisson' } as const;
  const choices = { paths: 2, seed: 1, variance_reduction: 'none', statistics: 'exact', pathwise: false } as const;
  const scenario = { simulator: market, model, strategies: [spec], ...choices, index: 0, point: {} };
  return exactDensity({ scenario, strategy: spec }, { points: 4001, reach: 9 });
}

function checkShares(density: ExactDensity, law: { readonly p05: number; readonly p50: number; readonly p95: number }) {
  const total = integral(density, Number.POSITIVE_INFINITY, () => 1);
  expect(Math.abs(total + density.atoms - 1)).toBeLessThan(1e-6);
  expect(integral(density, law.p05, () => 1)).toBeCloseTo(0.05, 5);
  expect(integral(density, law.p50, () => 1)).toBeCloseTo(0.5, 5);
  expect(integral(density, law.p95, () => 1)).toBeCloseTo(0.95, 5);
}

/** ∫ weight f up to a point, by the trapezoid rule. */
function integral({ x, density }: ExactDensity, until: number, weight: (x: number) => number): number {
  let sum = 0;
  for (let i = 1; i < x.length; i++) {
    const [low, high] = [x[i - 1]!, Math.min(x[i]!, until)];
    if (high <= low) break;
    const share = (high - low) / (x[i]! - low);
    const end = density[i - 1]! + share * (density[i]! - density[i - 1]!);
    sum += 0.5 * (high - low) * (density[i - 1]! * weight(low) + end * weight(high));
  }
  return sum;
}
