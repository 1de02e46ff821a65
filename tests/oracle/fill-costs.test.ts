/**
 * Fee and impact against moments without sampling (fixtures/make-fill-costs.py): 100,000 paths, tolerance 4 standard errors,
 * fixed seed, in both schemes.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ModelParameters, SimulatorParameters, VarianceReduction } from '../../src/config/experiment.ts';
import { fillGain } from '../../src/simulate/fill-gain.ts';
import { solveHjb } from '../../src/solve/hjb-grid.ts';
import { market, simulate, strategy } from '../support/simulate.ts';

interface Moments {
  readonly mean: number;
  readonly std: number;
  readonly mean_q: number;
  readonly std_q: number;
}

interface Answers {
  readonly event: Moments;
  readonly stepped: Moments;
}

type Parameters = Omit<ModelParameters, 'Q_max'> & { readonly Q_max: number; readonly q0: number };

interface Case {
  readonly case: string;
  readonly parameters: Parameters;
  readonly half_spread: number;
  /** θ(0, q0), also the certainty equivalent of the optimal quotes. */
  readonly theta: number;
  readonly hjb: Answers;
  readonly constant: Answers;
}

const PATHS = 100_000;
const cases: Case[] = JSON.parse(readFileSync(new URL('fixtures/fill-costs.json', import.meta.url), 'utf8'));

function marketOf(parameters: Parameters): SimulatorParameters {
  const { sigma, mu, A, k, T, Q_max, order_size, q0, maker_fee, impact, dt } = parameters;
  return { ...market, sigma, mu, A, k, T, Q_max, order_size, q0, maker_fee, impact, dt };
}

function within(estimate: number, exact: number, se: number, what: string): void {
  expect(Math.abs(estimate - exact), `${what}: ${estimate} against ${exact}, se ${se}`).toBeLessThan(4 * se + 1e-6);
}

async function check(
  { parameters, half_spread, theta, ...answers }: Case,
  type: 'hjb' | 'constant',
  scheme: 'event' | 'stepped',
  reduction: VarianceReduction,
): Promise<void> {
  const simulator = { ...marketOf(parameters), scheme };
  const { q0: _, ...model } = parameters;
  const spec = type === 'hjb' ? strategy('hjb') : strategy('constant', { half_spread });
  const { summary } = await simulate(simulator, model, spec, PATHS, 42, reduction);
  const exact = answers[type][scheme];
  within(summary.mean, exact.mean, summary.mean_se, 'mean');
  within(summary.std, exact.std, summary.std_se, 'std');
  within(summary.final_q_mean, exact.mean_q, exact.std_q / Math.sqrt(PATHS), 'mean q');
  within(summary.final_q_std, exact.std_q, exact.std_q / Math.sqrt(2 * PATHS), 'std q');
  if (type === 'hjb' && scheme === 'event') {
    within(summary.certainty_equivalent, theta, summary.certainty_equivalent_se, 'certainty equivalent');
  }
}

describe.each(cases)(
  '$case',
  (exact) => {
    it('θ(0, q0) is that of SciPy', () => {
      const { q0, ...model } = exact.parameters;
      const { theta, inventories } = solveHjb(model);
      expect(Math.abs(theta[inventories.indexOf(q0)]! / exact.theta - 1)).toBeLessThan(1e-10);
    });

    it.each([
      ['hjb', 'event', 'none'],
      ['hjb', 'event', 'control'],
      ['hjb', 'stepped', 'none'],
      ['hjb', 'stepped', 'control'],
      ['constant', 'event', 'none'],
      ['constant', 'stepped', 'none'],
    ] as const)('%s, %s, variance reduction %s', (type, scheme, reduction) => check(exact, type, scheme, reduction));
  },
  120_000,
);

describe('fillGain', () => {
  const costs = { order_size: 2, maker_fee: 0.25, impact: 0.5 };

  it('books a fill as cash and inventory at the moved mid do', () => {
    // Bid at S − 1, S = 10: pays 2 · 9 + 0.5 for inventory 3 → 5, marked at 9.5 instead of 3 · 10.
    expect(fillGain(costs, 'bid', 1, 3)).toBe(-18 - 0.5 + 5 * 9.5 - 3 * 10);
    // Ask at S + 1: gets 2 · 11 − 0.5 for inventory 3 → 1, marked at 10.5.
    expect(fillGain(costs, 'ask', 1, 3)).toBe(22 - 0.5 + 10.5 - 3 * 10);
  });

  it('is order_size × distance without fee and impact, and 0 where there is no quote', () => {
    const free = { order_size: 0.1, maker_fee: 0, impact: 0 };
    for (const distance of [0.3, -0.7, 1e9]) expect(fillGain(free, 'ask', distance, -7)).toBe(0.1 * distance);
    expect(fillGain(costs, 'bid', Infinity, 1)).toBe(0);
  });
});
