/**
 * Quotes that move in time, from an initial inventory that is traded away at once: 100,000 paths, 4 standard errors, against
 * the law without sampling.
 */
import { expect, it } from 'vitest';
import { engineOf } from '../../src/exact/exact-law.ts';
import { requireMarkov } from '../../src/exact/markov.ts';
import { momentFigures } from '../../src/exact/moment-figures.ts';
import { checkExperiment, planRun, simulatePlan } from '../../src/index.ts';
import { solveHjb } from '../../src/solve/hjb-grid.ts';

it.each([
  { Q_max: 10, q0: 10, gamma: 0.5 },
  { Q_max: 30, q0: 25, gamma: 0.1 },
])(
  'has the exact mean and deviation from q0 = $q0 of $Q_max',
  async ({ gamma, ...start }) => {
    const plan = planRun(
      checkExperiment({
        paths: 100_000,
        simulator: { sigma: 2, A: 140, k: 1.5, scheme: 'event', ...start },
        model: { gamma, delta_min: null, delta_max: null },
        strategies: ['avellaneda_stoikov'],
      }),
    );
    const [cell] = plan.cells;
    const row = (await simulatePlan(plan, { workers: 0 })).scenarios[0]?.strategies[0];
    if (cell === undefined || row?.state !== 'done') throw new Error('the cell failed');
    // The moments alone: percentiles would cost far more.
    const { rule, model } = requireMarkov(cell, solveHjb);
    const exact = momentFigures(engineOf(cell.scenario.simulator, rule, cell.strategy.name), model);
    expect(Math.abs(row.summary.mean - exact.mean)).toBeLessThan(4 * row.summary.mean_se);
    expect(Math.abs(row.summary.std - exact.std)).toBeLessThan(4 * row.summary.std_se);
  },
  180_000,
);
