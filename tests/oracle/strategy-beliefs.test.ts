/**
 * A strategy's certainty equivalent is of its own objective, whatever the scenario's model says: 40,000 paths in the event
 * scheme, tolerance 4 standard errors, fixed seed.
 */
import { describe, expect, it } from 'vitest';
import type { SimulatorParameters, StrategySpec } from '../../src/config/experiment.ts';
import { market, modelOf, simulate, strategy } from '../support/simulate.ts';
import { readVectors } from './fixtures/solve-models.ts';

const PATHS = 40_000;

async function equivalentOf(
  simulator: SimulatorParameters,
  spec: StrategySpec,
): Promise<{ ce: number; se: number; q: number }> {
  const model = modelOf(simulator, { gamma: 1, phi: 0.3 });
  const { summary, columns } = await simulate({ ...simulator, scheme: 'event' }, model, spec, PATHS);
  const most = Int32Array.from(columns.maxAbsLots).reduce((a, b) => Math.max(a, b), 0);
  return { ce: summary.certainty_equivalent, se: summary.certainty_equivalent_se, q: most };
}

describe('cartea_jaimungal earns the value functions of Cartea, Jaimungal & Penalva (2015)', () => {
  it.each([
    { A: 140, k: 1.5, sigma: 2, T: 1, value: 68.25583476 },
    { A: 50, k: 2, sigma: 1.5, T: 2, value: 36.32607427 },
  ])('θ(0, 0) = $value', async ({ value, ...changes }) => {
    const spec = strategy('cartea_jaimungal', { running: 0.01, phi: 0.001 });
    const { ce, se } = await equivalentOf({ ...market, ...changes, Q_max: 100 }, spec);
    expect(se).toBeLessThan(0.1);
    expect(Math.abs(ce - value)).toBeLessThan(4 * se + 1e-4);
  });
});

it.each(readVectors().filter((exact) => exact.case.startsWith('avellaneda')))(
  'hjb with a model of its own earns its own θ(0, 0): $case',
  async ({ model, theta_t0 }) => {
    const { sigma, A, k, T, Q_max } = model;
    const { ce, se } = await equivalentOf({ ...market, sigma, A, k, T, Q_max }, { ...strategy('hjb'), model });
    const exact = theta_t0[(theta_t0.length - 1) / 2]!;
    expect(se).toBeLessThan(0.05);
    expect(Math.abs(ce - exact)).toBeLessThan(4 * se + 1e-4);
  },
);

it('one_sided_at bounds the inventory of any strategy', async () => {
  const limits = { min_distance: null, max_distance: null, one_sided_at: 2.5 };
  for (const scheme of ['event', 'stepped'] as const) {
    const spec = { ...strategy('symmetric'), limits };
    const { columns } = await simulate({ ...market, scheme }, modelOf(market), spec, 200);
    expect(columns.maxAbsLots.every((lots) => lots === 3)).toBe(true);
  }
});
