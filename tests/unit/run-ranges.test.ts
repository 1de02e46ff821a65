/** Scenarios whose ranges are folded elsewhere, or should have been. */
import { describe, expect, it } from 'vitest';
import { checkExperiment } from '../../src/index.ts';
import { cellsByScenario, planRun } from '../../src/plan/plan.ts';
import { foldRanges } from '../../src/report/shards/fold-ranges.ts';
import { encodeStoredRange } from '../../src/report/shards/shard-records.ts';
import { simulatePlan } from '../../src/run-experiment.ts';
import { goesByRanges, spreadsByRanges } from '../../src/run-ranges.ts';
import { createExecutor } from '../../src/simulate/executors/create-executor.ts';
import type { BlockExecutor } from '../../src/simulate/executors/executor.ts';

const PATHS = 135_000;
const plan = planRun(
  checkExperiment({
    paths: PATHS,
    statistics: 'sketch',
    simulator: { A: 1, k: 1.5, scheme: 'event' },
    strategies: ['constant', { type: 'constant', name: 'wide', half_spread: 1.5 }],
  }),
);

/** Folds on this thread what it does not refuse. */
async function folding(refuses: (firstPath: number) => boolean, asked: number[]): Promise<BlockExecutor> {
  const executor = await createExecutor(0);
  const cells = cellsByScenario(plan).get(0)!;
  return {
    ...executor,
    capacity: executor.capacity,
    ranges: {
      workers: 1,
      capacity: 2,
      async run(_scenario, range) {
        asked.push(range.firstPath);
        if (refuses(range.firstPath)) throw new Error('its worker was lost');
        let bytes = new Uint8Array();
        const onRange = async (stored: Parameters<typeof encodeStoredRange>[0]): Promise<void> => {
          bytes = Uint8Array.from(encodeStoredRange(stored));
        };
        await foldRanges(cells, await createExecutor(0), [range], { onRange });
        return bytes;
      },
    },
  };
}

describe('ranges that are folded elsewhere', () => {
  it('give the figures of a run in one piece, and those of blocks where they cannot be had', async () => {
    const whole = await simulatePlan(plan, { workers: 0 });
    for (const refuses of [() => false, (firstPath: number) => firstPath === 131_072]) {
      const asked: number[] = [];
      const notes: string[] = [];
      let counted = 0;
      const found = await simulatePlan(plan, {
        workers: 0,
        executor: () => folding(refuses, asked),
        onBlock: (_cell, _columns, { paths }) => {
          counted += paths;
        },
        onNote: (line) => notes.push(line),
      });
      expect(found).toEqual(whole);
      expect(asked).toEqual([0, 131_072]);
      expect(counted).toBe(2 * PATHS);
      expect(notes).toEqual(refuses(131_072) ? ['scenario 0: its worker was lost; going on with smaller blocks'] : []);
    }
  });

  it('are not asked for where single paths are written, or there are fewer of them than workers', async () => {
    const executor = await folding(() => false, []);
    const takenBy = (workers: number) => ({ ...executor, ranges: { ...executor.ranges!, workers } });
    const none = { exportPaths: undefined };
    expect([2, 3].map((workers) => spreadsByRanges(plan, none, takenBy(workers)))).toEqual([true, false]);
    const cells = cellsByScenario(plan).get(0)!;
    expect(goesByRanges(cells, none, true, undefined)).toBe(true);
    expect(goesByRanges(cells, { exportPaths: 'csv' }, true, undefined)).toBe(false);
  });
});
