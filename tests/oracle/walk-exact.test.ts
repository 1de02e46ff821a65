/**
 * Walks along the price path against the exact moments of both schemes (tests/vectors), where quotes by time and
 * inventory need no walk: 6,000 paths, tolerance 4 standard errors, fixed seed.
 */
import { describe, expect, it } from 'vitest';
import type { SimulatorParameters, VarianceReduction } from '../../src/config/experiment.ts';
import { deviation } from '../support/deviation.ts';
import { type ExactCase, type ExactMoments, exactCases } from '../support/exact-cases.ts';
import { simulate, strategy } from '../support/simulate.ts';

const PATHS = 6_000;
// The horizon of 600 takes too many orders for a test of a second or two; the other cases cover every feature.
const cases = exactCases().filter(({ simulator }) => simulator.A * simulator.T < 400);

describe.each(cases)(
  '$name',
  (exact: ExactCase) => {
    const { hjb, constant, simulator } = exact;
    const event = { ...simulator, scheme: 'event', fill: 'poisson' } as const;
    const stepped = { ...simulator, scheme: 'stepped', fill: 'poisson' } as const;
    const fixed = strategy('constant', { half_spread: constant.half_spread });
    it('event, hjb', () => check(event, exact, strategy('hjb'), hjb.event));
    it('event, hjb with antithetic pairs', () => check(event, exact, strategy('hjb'), hjb.event, 'antithetic'));
    it('event, constant', () => check(event, exact, fixed, constant.event));
    it('stepped, hjb', () => check(stepped, exact, strategy('hjb'), hjb.stepped.poisson));
    it('stepped, constant', () => check(stepped, exact, fixed, constant.stepped.poisson));
    const { linear } = hjb.stepped;
    it.runIf(linear !== undefined)('stepped with linear fills, hjb', () =>
      check({ ...stepped, fill: 'linear' }, exact, strategy('hjb'), linear ?? hjb.event),
    );
  },
  120_000,
);

async function check(
  market: SimulatorParameters,
  { model }: ExactCase,
  spec: ReturnType<typeof strategy>,
  moments: ExactMoments,
  reduction: VarianceReduction = 'none',
): Promise<void> {
  const { columns, summary } = await simulate(market, model, spec, PATHS, 42, reduction, true);
  const root = Math.sqrt(reduction === 'antithetic' ? PATHS / 2 : PATHS);
  within(summary.mean, moments.mean, summary.mean_se, 'mean');
  within(summary.std, moments.std, summary.std_se, 'std');
  within(summary.final_q_mean, moments.mean_q, moments.std_q / root, 'mean q');
  within(summary.final_q_std, moments.std_q, moments.std_q / root, 'std q');
  within(summary.fills_mean, moments.mean_fills, deviation(columns.fills, summary.fills_mean) / root, 'fills');
}

/** 1e-4 of the value is what reading tabulated quotes between their nodes may cost. */
function within(estimate: number, exact: number, se: number, what: string): void {
  const allowed = 4 * se + 1e-4 * Math.abs(exact) + 1e-9;
  expect(Math.abs(estimate - exact), `${what}: ${estimate} against ${exact}, se ${se}`).toBeLessThan(allowed);
}
