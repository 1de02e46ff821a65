import { expect, it } from 'vitest';
import { catalogue } from '../../src/catalogue.ts';
import { checkExperiment } from '../../src/config/load.ts';
import { planRun, type RunPlan } from '../../src/plan/plan.ts';
import { planText } from '../../src/report/plan-text.ts';
import { estimateTime, processorSeconds } from '../../src/report/time-estimate.ts';
import { workOfPath } from '../../src/simulate/work-estimate.ts';

function planOf(experiment: object): RunPlan {
  const simulator = { sigma: 2, A: 140, k: 1.5, scheme: 'event', Q_max: 5 };
  const model = { delta_min: null, delta_max: null };
  return planRun(checkExperiment({ paths: 100, simulator, model, ...experiment }, catalogue));
}

it('scales what it timed to all cells and paths', async () => {
  const time = await estimateTime(planOf({ strategies: ['constant'], paths: 100_000 }), 0);
  expect(time).toMatchObject({ threads: 1, timedCells: 1, failure: undefined });
  expect(time.seconds).toBeGreaterThan(0);
  const plan = planOf({ strategies: ['constant', 'symmetric'], paths: 1000, sweep: { 'simulator.A': [140, 280] } });
  const works = plan.cells.map(({ scenario }) => workOfPath(scenario));
  const timings = [
    { strategy: 'constant', prepare: 1, perWork: 3e-6 },
    { strategy: 'constant', prepare: 7, perWork: 2e-6 },
    { strategy: 'constant', prepare: 2, perWork: 9e-6 },
  ];
  // The median of preparing and the fastest paths, for the strategy without a timing too.
  const expected = works.reduce((sum, work) => sum + 2 + 1000 * work * 2e-6, 0);
  expect(processorSeconds(plan, timings)).toBeCloseTo(expected, 9);
  const own = [...timings, { strategy: 'symmetric', prepare: 0, perWork: 0 }];
  expect(processorSeconds(plan, own)).toBeCloseTo(expected / 2, 9);
});

it('names a cell that would fail, and does not pretend to know its time', async () => {
  // A table over 1e8 time steps fits in no memory.
  const simulator = { sigma: 2, A: 140, k: 1.5, Q_max: 5, dt: 1e-8 };
  const plan = planOf({ simulator, strategies: ['hjb'] });
  const time = await estimateTime(plan, 2);
  expect(time.timedCells).toBe(0);
  expect(time.failure).toMatch(/^hjb: .*do not fit in memory/);
  const text = planText(plan, false, time);
  expect(text).toContain('\n  time        unknown: no cell could be timed\n');
  expect(text).toContain('\n  failing     at least one cell would fail: hjb: ');
});

it('prints the first values of a long axis', () => {
  const text = planText(
    planOf({ strategies: ['constant'], sweep: { 'model.gamma': { from: 1, to: 20, step: 1 } } }),
    false,
  );
  expect(text).toContain('\n    model.gamma: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … (20 values)\n');
});
