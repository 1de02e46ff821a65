// @ts-check
/** One and two worker threads through the executor against one and two processes of the C reference, same total work. */
import { createExecutor } from '../build/src/simulate/executors/create-executor.js';
import { simulateCells } from '../build/src/simulate/simulate-cells.js';
import { interleave, nanosecondsUntil, ratioOf, spreadOf } from './measure.js';
import { startReference, writeCell } from './peers/reference.js';
import { planOf, steppedCell } from './scenario.js';
import { figure, spread } from './table.js';

/** @import { BlockExecutor } from '../build/src/simulate/executors/executor.js' */
/** @import { Entry } from './measure.js' */
/** @import { Section } from './table.js' */

const workload = /** @type {const} */ ({ strategy: 'hjb', dt: 0.001, fill: 'poisson' });

/** From the plan to the last path; the threads are there already.
 * @param {BlockExecutor} executor @param {number} paths */
function simulateOn(executor, paths) {
  const { cells } = planOf(workload, 'stepped', paths);
  return simulateCells(cells, executor, {
    onChunk(outcome) {
      if (outcome.state === 'failed') throw outcome.error;
    },
  });
}

/** @param {string} file @param {number} count @param {number} paths in all */
function referenceProcesses(file, count, paths) {
  const share = Math.ceil(paths / count);
  return Promise.all(Array.from({ length: count }, (_, i) => startReference(file, i * share, share)));
}

/** @param {boolean} withReference @param {number} steps in all @param {number} rounds */
export async function measureScaling(withReference, steps, rounds) {
  const cell = steppedCell(workload);
  const paths = Math.ceil(steps / cell.steps);
  const file = writeCell('scaling', cell);
  const one = await createExecutor(1);
  const two = await createExecutor(2);
  /** @type {(name: string, run: () => Promise<unknown>) => Entry} */
  const entry = (name, run) => ({ name, run: async () => ({ ns: await nanosecondsUntil(run), units: 1e6 }) });
  const entries = [entry('1 thread', () => simulateOn(one, paths)), entry('2 threads', () => simulateOn(two, paths))];
  if (withReference) {
    entries.push(entry('C, 1 process', () => referenceProcesses(file, 1, paths)));
    entries.push(entry('C, 2 processes', () => referenceProcesses(file, 2, paths)));
  }
  const taken = await interleave(entries, rounds).finally(() => Promise.all([one.close(), two.close()]));
  const ours = speedUps(taken.get('1 thread'), taken.get('2 threads'));
  const theirs = speedUps(taken.get('C, 1 process'), taken.get('C, 2 processes'));
  /** @type {Section} */
  const section = {
    title: `Two cores: ${figure(paths)} paths of hjb, stepped, dt ${workload.dt}`,
    head: ['', 'wall ms (min–max)'],
    rows: [...taken].map(([name, ms]) => [name, spread(spreadOf(ms))]),
    notes: ['Threads: solving and handing out included. Processes: from start to end.'],
  };
  const ratios = [
    { name: 'speed-up, 2 threads', ratio: ours && spreadOf(ours) },
    { name: 'speed-up, 2 processes of C', ratio: theirs && spreadOf(theirs) },
    { name: 'our speed-up / that of C', ratio: ratioOf(ours, theirs), target: 0.85 },
  ];
  return { section, ratios, data: Object.fromEntries([...taken].map(([name, ms]) => [name, spreadOf(ms)])) };
}

/** @param {number[] | undefined} alone @param {number[] | undefined} together */
function speedUps(alone, together) {
  return together && alone?.map((ms, round) => ms / together[round]);
}
