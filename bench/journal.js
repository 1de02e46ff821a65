// @ts-check
/** `node bench/journal.js`: what keeping a journal costs, in processor time, as a share of the simulation that it keeps. */
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { checkExperiment } from '../build/src/index.js';
import { blocksOf } from '../build/src/plan/blocks.js';
import { planRun } from '../build/src/plan/plan.js';
import { experimentRecordOf } from '../build/src/report/journal/experiment-record.js';
import { Journal } from '../build/src/report/journal/journal.js';
import { simulatePlan } from '../build/src/run-experiment.js';
import { workOfPath } from '../build/src/simulate/work-estimate.js';
import { buildFolder } from './build-folder.js';
import { spreadOf } from './measure.js';

/** @import { Cell } from '../build/src/plan/plan.js' */

const ROUNDS = 7;
/** Rounds that pay for compiling and for the journal's buffers. */
const WARM_UP = 2;
const PATHS = 100_000;
/** Times that the paths are kept in a round: one alone is a few milliseconds. */
const PASSES = 10;

/** Processor seconds of all threads of this process, those of the file system among them.
 * @param {() => Promise<unknown>} work */
async function processorSeconds(work) {
  const begun = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
}

/** @param {'event' | 'stepped'} scheme @param {number} A market orders a path on each side */
async function overhead(scheme, A) {
  const simulator = { sigma: 2, A, k: 1.5, dt: 0.005, scheme };
  const model = { delta_min: null, delta_max: null };
  const plan = planRun(checkExperiment({ paths: PATHS, simulator, model, strategies: ['hjb', 'constant'] }));
  const experiment = experimentRecordOf(plan, undefined);
  if (experiment === undefined) throw new Error('the plan cannot be made again from a text');
  const folder = mkdtempSync(path.join(buildFolder, 'journal-'));
  const onFailure = (/** @type {Error} */ error) => {
    throw error;
  };
  const journal = new Journal(folder, { experiment, delay: 0, onFailure, onFull: () => {} });
  const shares = [];
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    /** @type {[Cell, SharedArrayBuffer][]} */
    const columns = [];
    const simulated = await processorSeconds(() =>
      simulatePlan(plan, {
        workers: 0,
        onChunk(outcome) {
          if (outcome.state === 'failed') throw outcome.error;
          const { buffer } = outcome.columns.pnl;
          if (buffer instanceof SharedArrayBuffer) columns.push([outcome.cell, buffer]);
        },
      }),
    );
    const kept = await processorSeconds(async () => {
      for (let pass = 0; pass < PASSES; pass++) {
        for (const [cell, buffer] of columns) {
          for (const block of blocksOf(PATHS, workOfPath(cell.scenario))) {
            await journal.keep(cell, buffer, block, 0);
            // As between the blocks of a run, so that writes go on meanwhile.
            await setImmediate();
          }
        }
      }
    });
    if (round >= 0) shares.push(kept / PASSES / simulated);
  }
  await journal.finish(() => false);
  rmSync(folder, { recursive: true });
  return spreadOf(shares);
}

process.stdout.write(`journal, processor time as a share of the simulation's: median (min–max) of ${ROUNDS} rounds\n`);
const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(2)} %`;
for (const [scheme, A] of /** @type {const} */ ([
  ['event', 140],
  ['stepped', 140],
  ['event', 1],
])) {
  const { median, min, max } = await overhead(scheme, A);
  process.stdout.write(
    `${scheme.padEnd(8)} A ${String(A).padEnd(4)} ${percent(median)} (${percent(min)}–${percent(max)})\n`,
  );
}
