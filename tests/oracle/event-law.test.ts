/**
 * The event scheme against the exact law of PnL in continuous time (fixtures/event-law.json, by a characteristic function):
 * 1,000,000 paths, tolerance 4 standard errors, fixed seed. At that number of paths the standard error of the mean is
 * 1e-4 of it, so that a bias of half a thousandth shows.
 */
import { describe, expect, it } from 'vitest';
import { type EventLaw, eventLaws } from '../support/event-law.ts';
import { type ExactCase, exactCases } from '../support/exact-cases.ts';
import { simulate, strategy } from '../support/simulate.ts';

const PATHS = 1_000_000;
const cases = new Map(exactCases().map((exact) => [exact.name, exact]));

describe.each(eventLaws())(
  '$case',
  ({ case: name, hjb, constant }) => {
    const exact = cases.get(name)!;
    it('hjb', () => check(exact, strategy('hjb'), hjb));
    it('constant', () => check(exact, strategy('constant', { half_spread: exact.constant.half_spread }), constant));
  },
  180_000,
);

async function check(exact: ExactCase, spec: ReturnType<typeof strategy>, law: EventLaw): Promise<void> {
  const market = { ...exact.simulator, scheme: 'event', fill: 'poisson' } as const;
  const { summary } = await simulate(market, exact.model, spec, PATHS);
  const within = (estimate: number, expected: number, se: number, what: string) => {
    const distance = Math.abs(estimate - expected);
    expect(distance, `${what}: ${estimate} against ${expected}, se ${se}`).toBeLessThan(4 * se + law.uncertainty);
  };
  within(summary.mean, law.mean, summary.mean_se, 'mean');
  within(summary.std, law.std, summary.std_se, 'std');
  within(summary.p05, law.p05, summary.p05_se, 'p05');
  within(summary.p95, law.p95, summary.p95_se, 'p95');
  // The median's standard error of a bell-shaped law is (π/2)^½ of the mean's; it has no column of its own.
  within(summary.p50, law.p50, 1.2533 * summary.mean_se, 'p50');
  within(summary.var95, law.var, summary.p05_se, 'var95');
  within(summary.cvar95, law.cvar, summary.cvar95_se, 'cvar95');
}
