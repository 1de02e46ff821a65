/**
 * The stepped scheme against the exact moments and percentiles of the scheme itself (no time-step bias in the reference):
 * 100,000 paths, fewer where they have many steps, tolerance 4 standard errors, fixed seed.
 */
import { describe, expect, it } from 'vitest';
import type { Summary } from '../../src/aggregate/summary.ts';
import type { Fill } from '../../src/config/experiment.ts';
import { deviation } from '../support/deviation.ts';
import { type ExactCase, type ExactLaw, type ExactMoments, exactCases } from '../support/exact-cases.ts';
import { simulate, strategy } from '../support/simulate.ts';

/** Paths whose steps come to no more than this, and 100,000 at most. */
const MOST_STEPS = 3e7;
const pathsOf = ({ T, dt }: ExactCase['simulator']): number => Math.min(100_000, Math.round(MOST_STEPS / (T / dt)));
const cases = exactCases();

it('finds the six cases', () => {
  expect(cases).toHaveLength(6);
});

describe.each(cases)(
  '$name',
  (exact: ExactCase) => {
    const { hjb, constant } = exact;
    const fixed = strategy('constant', { half_spread: constant.half_spread });
    it('hjb, poisson fills', () =>
      check(exact, strategy('hjb'), 'poisson', hjb.stepped.poisson, hjb.stepped.poisson_law));
    it('hjb, linear fills', () => check(exact, strategy('hjb'), 'linear', hjb.stepped.linear));
    it('constant, poisson fills', () =>
      check(exact, fixed, 'poisson', constant.stepped.poisson, constant.stepped.poisson_law));
  },
  120_000,
);

async function check(
  { simulator, model }: ExactCase,
  spec: ReturnType<typeof strategy>,
  fill: Fill,
  moments: ExactMoments | undefined,
  law?: ExactLaw,
): Promise<void> {
  if (moments === undefined) throw new Error('the case has no such moments');
  const paths = pathsOf(simulator);
  const { columns, summary } = await simulate({ ...simulator, scheme: 'stepped', fill }, model, spec, paths);
  const root = Math.sqrt(paths);
  within(summary.mean, moments.mean, summary.mean_se, 'mean');
  within(summary.std, moments.std, summary.std_se, 'std');
  within(summary.final_q_mean, moments.mean_q, moments.std_q / root, 'mean q');
  // Normal-theory bound of the standard error of a standard deviation; inventories have lighter tails.
  within(summary.final_q_std, moments.std_q, moments.std_q / Math.sqrt(2 * paths), 'std q');
  within(summary.fills_mean, moments.mean_fills, deviation(columns.fills, summary.fills_mean) / root, 'fills');
  if (law !== undefined) checkLaw(summary, law);
}

function checkLaw(summary: Summary, law: ExactLaw): void {
  within(summary.p05, law.p05, summary.p05_se, 'p05');
  within(summary.p95, law.p95, summary.p95_se, 'p95');
  within(summary.var95, law.var, summary.p05_se, 'var95');
  within(summary.cvar95, law.cvar, summary.cvar95_se, 'cvar95');
  // The median's standard error is below that of p05 and p95 for these bell-shaped laws.
  within(summary.p50, law.p50, Math.max(summary.p05_se, summary.p95_se), 'p50');
}

/** The references are good to 1e-6. */
function within(estimate: number, exact: number, se: number, what: string): void {
  expect(Math.abs(estimate - exact), `${what}: ${estimate} against ${exact}, se ${se}`).toBeLessThan(4 * se + 2e-6);
}
