/** What keeping a journal costs, in processor time, against the simulation that it keeps. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { checkExperiment } from '../../src/index.ts';
import { blocksOf } from '../../src/plan/blocks.ts';
import { type Cell, planRun } from '../../src/plan/plan.ts';
import { experimentRecordOf } from '../../src/report/journal/experiment-record.ts';
import { Journal } from '../../src/report/journal/journal.ts';
import { simulatePlan } from '../../src/run-experiment.ts';
import { workOfPath } from '../../src/simulate/work-estimate.ts';

const PASSES = 20;

/** Processor seconds of all threads of this process. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

// A measurement, which a busy machine may upset: MM_BATCH_TIMED=1 asks for it.
it.runIf(process.env['MM_BATCH_TIMED'] !== undefined).each(['event', 'stepped'])(
  'is below 3 percent of the run at the parameters of Avellaneda & Stoikov: %s',
  async (scheme) => {
    const plan = planRun(
      checkExperiment({
        paths: 150_000,
        simulator: { sigma: 2, A: 140, k: 1.5, dt: 0.005, scheme },
        model: { delta_min: null, delta_max: null },
        strategies: ['hjb', 'constant'],
      }),
    );
    const columns: [Cell, SharedArrayBuffer][] = [];
    const begun = processorTime();
    await simulatePlan(plan, {
      workers: 0,
      onChunk(outcome) {
        if (outcome.state === 'failed') throw outcome.error;
        const { buffer } = outcome.columns.pnl;
        if (buffer instanceof SharedArrayBuffer) columns.push([outcome.cell, buffer]);
      },
    });
    const simulated = processorTime() - begun;
    expect(columns).toHaveLength(2);

    const experiment = experimentRecordOf(plan, undefined);
    if (experiment === undefined) throw new Error('no record');
    const folder = mkdtempSync(path.join(os.tmpdir(), 'mm-batch-test-'));
    const failures: Error[] = [];
    const onFailure = (error: Error): void => void failures.push(error);
    const journal = new Journal(folder, { experiment, delay: 0, onFailure, onFull: () => {} });
    // The columns may have been used again since; their size is what counts.
    const keepAll = async (): Promise<void> => {
      for (const [cell, buffer] of columns) {
        for (const block of blocksOf(cell.scenario.paths, workOfPath(cell.scenario))) {
          await journal.keep(cell, buffer, block, 0);
          // As between the blocks of a run, so that writes go on meanwhile.
          await setImmediate();
        }
      }
    };
    // The first passes pay for compiling and for buffers, and for what the simulation left to collect.
    for (let pass = 0; pass < 4; pass++) await keepAll();
    const costs: number[] = [];
    for (let pass = 0; pass < PASSES; pass++) {
      const start = processorTime();
      await keepAll();
      costs.push(processorTime() - start);
    }
    expect(await journal.suspend()).toBe(true);
    // The median, since others may use the machine and its disk too.
    const cost = costs.toSorted((a, b) => a - b)[PASSES / 2] ?? Number.NaN;
    rmSync(folder, { recursive: true });
    expect(failures).toEqual([]);
    expect(cost / simulated).toBeLessThan(0.03);
  },
  60_000,
);
