import { expect, it } from 'vitest';
import type { Cell, PlannedScenario } from '../../src/plan/plan.ts';
import type { BlockExecutor } from '../../src/simulate/executors/executor.ts';
import { createInlineExecutor } from '../../src/simulate/executors/inline.ts';
import { type ChunkOutcome, simulateCells } from '../../src/simulate/simulate-cells.ts';
import { InterruptedError } from '../../src/util/errors.ts';
import { market, modelOf, strategy } from '../support/simulate.ts';

const strategies = ['constant', 'symmetric', 'inventory_aware'].map((type) => strategy(type));
const scenario: PlannedScenario = {
  simulator: market,
  model: modelOf(market),
  strategies,
  paths: 3000,
  seed: 1,
  variance_reduction: 'none',
  pathwise: false,
  statistics: 'auto',
  index: 0,
  point: {},
};
const cells: Cell[] = strategies.map((spec, index) => ({ index, scenario, strategy: spec }));

it('ends at an interrupt even while every worker hangs', async () => {
  const stuck: BlockExecutor = { capacity: 2, run: () => new Promise(() => {}), close: async () => {} };
  const controller = new AbortController();
  const running = simulateCells(cells, stuck, { onChunk: () => {}, signal: controller.signal });
  controller.abort(new InterruptedError('stopped', 'SIGTERM'));
  await expect(running).rejects.toMatchObject({ message: 'stopped', exitCode: 143 });
});

it('fails a cell alone, and delivers all of them in order', async () => {
  const inline = createInlineExecutor();
  let calls = 0;
  const faulty: BlockExecutor = {
    ...inline,
    capacity: 3,
    run: (request) => (++calls === 5 ? Promise.reject(new Error('worker lost')) : inline.run(request)),
  };
  const outcomes: ChunkOutcome[] = [];
  await simulateCells(cells, faulty, { onChunk: (outcome) => void outcomes.push(outcome) });
  expect(outcomes.map(({ cell, state }) => [cell.index, state])).toEqual([
    [0, 'done'],
    [1, 'failed'],
    [2, 'done'],
  ]);
  expect(outcomes[1]).toMatchObject({ error: { message: 'worker lost' } });
});

it('fails a cell whose strategy cannot be prepared, with the reason', async () => {
  const [first] = cells;
  if (first === undefined) throw new Error('no cell');
  const simulator = { ...market, dt: 1e-8 };
  const hopeless: Cell = { ...first, scenario: { ...scenario, simulator }, strategy: strategy('hjb') };
  const outcomes: ChunkOutcome[] = [];
  await simulateCells([hopeless, first], createInlineExecutor(), { onChunk: (outcome) => void outcomes.push(outcome) });
  expect(outcomes).toMatchObject([{ state: 'failed', error: { name: 'RangeError' } }, { state: 'done' }]);
});
