import { expect, it } from 'vitest';
import { catalogue } from '../../src/catalogue.ts';
import { checkExperiment } from '../../src/config/load.ts';
import { planRun, type RunPlan } from '../../src/plan/plan.ts';
import { planText } from '../../src/report/plan-text.ts';
import { estimateTime } from '../../src/report/time-estimate.ts';

function planOf(experiment: object): RunPlan {
  const simulator = { sigma: 2, A: 140, k: 1.5, scheme: 'event', Q_max: 5 };
  const model = { delta_min: null, delta_max: null };
  return planRun(checkExperiment({ paths: 100, simulator, model, ...experiment }, catalogue));
}

it('scales what it timed to all cells and paths', async () => {
  const small = await estimateTime(planOf({ strategies: ['constant'], paths: 100_000 }), 0);
  expect(small).toMatchObject({ threads: 1, timedCells: 1, failure: undefined });
  expect(small.timedSeconds).toBeLessThan(10);
  const large = await estimateTime(planOf({ strategies: ['constant'], paths: 100_000_000 }), 0);
  // A thousand times the paths; timings differ by what else the machine does.
  expect(large.seconds / small.seconds).toBeGreaterThan(100);
  expect(large.seconds / small.seconds).toBeLessThan(10_000);
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
