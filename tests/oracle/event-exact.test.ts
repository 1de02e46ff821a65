/**
 * The event scheme against the exact continuous-time moments (tests/vectors): 100,000 paths, tolerance 4 standard
 * errors, fixed seed; with the control variate the mean is held to its own, much smaller, standard error.
 */
import { describe, expect, it } from 'vitest';
import type { VarianceReduction } from '../../src/config/experiment.ts';
import { deviation } from '../support/deviation.ts';
import { type ExactCase, type ExactMoments, exactCases } from '../support/exact-cases.ts';
import { simulate, strategy } from '../support/simulate.ts';

const PATHS = 100_000;

describe.each(exactCases())(
  '$name',
  (exact: ExactCase) => {
    const { hjb, constant } = exact;
    const fixed = strategy('constant', { half_spread: constant.half_spread });
    it('hjb', () => check(exact, strategy('hjb'), 'none', hjb.event));
    it('hjb with the control variate', () => check(exact, strategy('hjb'), 'control', hjb.event));
    it('hjb with antithetic pairs', () => check(exact, strategy('hjb'), 'antithetic', hjb.event));
    it('constant', () => check(exact, fixed, 'none', constant.event));
  },
  120_000,
);

async function check(
  { simulator, model }: ExactCase,
  spec: ReturnType<typeof strategy>,
  reduction: VarianceReduction,
  moments: ExactMoments,
): Promise<void> {
  const market = { ...simulator, scheme: 'event', fill: 'poisson' } as const;
  const { columns, summary } = await simulate(market, model, spec, PATHS, 42, reduction);
  const root = Math.sqrt(reduction === 'antithetic' ? PATHS / 2 : PATHS);
  within(summary.mean, moments.mean, summary.mean_se, 'mean');
  within(summary.std, moments.std, summary.std_se, 'std');
  within(summary.final_q_mean, moments.mean_q, moments.std_q / root, 'mean q');
  within(summary.final_q_std, moments.std_q, moments.std_q / root, 'std q');
  within(summary.fills_mean, moments.mean_fills, deviation(columns.fills, summary.fills_mean) / root, 'fills');
  const meanIntegral = columns.integralQ2.reduce((sum, x) => sum + x, 0) / PATHS;
  within(meanIntegral, moments.mean_int_q2 ?? Number.NaN, deviation(columns.integralQ2, meanIntegral) / root, '∫q²');
}

/** The references are good to 1e-9 relatively; 1e-5 of the mean is what the tabulated quotes may cost. */
function within(estimate: number, exact: number, se: number, what: string): void {
  expect(Math.abs(estimate - exact), `${what}: ${estimate} against ${exact}, se ${se}`).toBeLessThan(4 * se + 1e-9);
}
