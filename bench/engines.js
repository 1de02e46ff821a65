// @ts-check
/** The engines and peers, each as a maker of timed entries for a workload. */
import { mean, sampleStandardDeviation } from 'simple-statistics';
import { catalogue } from '../build/src/catalogue.js';
import { runNaive } from './peers/naive-paths.js';
import { numpyVersion, runNumpy } from './peers/numpy.js';
import { prepareOurs } from './peers/ours.js';
import { buildReference, columnsThatDiffer, runReference, writeCell } from './peers/reference.js';
import { steppedCell } from './scenario.js';

/** @import { Entry } from './measure.js' */
/** @import { Build } from './peers/reference.js' */
/** @import { Workload } from './scenario.js' */

/** @typedef {{ mean: number, std: number, paths: number }} Sample */
/**
 * An engine on a workload: `unitsOfPath` steps or fills make a path, `sample` gives what its last run came to
 * (undefined where it ran a part of the horizon), `check` what else was verified.
 * @typedef {Entry & { unitsOfPath: number, unit: 'step' | 'fill', sample: () => Sample | undefined, check?: () => string }} TimedEngine
 */
/** @typedef {(workload: Workload, steps: number) => TimedEngine} Engine makes it for a budget of steps */

/** @param {ArrayLike<number>} values @returns {Sample} */
function sampleOf(values) {
  const list = Array.from(values);
  return { mean: mean(list), std: sampleStandardDeviation(list), paths: list.length };
}

/** @type {Engine} */
function stepped(workload, budget) {
  const steps = steppedCell(workload).steps;
  const { columns, run } = prepareOurs(workload, 'stepped', Math.ceil(budget / steps));
  return { name: 'stepped', unit: 'step', unitsOfPath: steps, run, sample: () => sampleOf(columns.pnl) };
}

/** @type {Engine} */
function event(workload, budget) {
  const { columns, run } = prepareOurs(workload, 'event', Math.ceil(budget / 1000));
  const { units } = run();
  return {
    name: 'event',
    unit: 'fill',
    unitsOfPath: units / columns.count,
    run,
    sample: () => sampleOf(columns.pnl),
  };
}

/** @type {Engine} */
function controlled(workload, budget) {
  const { columns, run } = prepareOurs(workload, 'event', Math.ceil(budget / 1000), 'control');
  const { units } = run();
  const estimates = columns.meanEstimator;
  if (estimates === undefined) throw new Error('the control variate was not computed');
  return {
    name: 'event, control variate',
    unit: 'fill',
    unitsOfPath: units / columns.count,
    run,
    sample: () => sampleOf(estimates),
  };
}

/** @param {Build} build @returns {Engine} */
const referenceOf = (build) => (workload, budget) => {
  const cell = steppedCell(workload);
  const paths = Math.ceil(budget / cell.steps);
  const file = writeCell(`${workload.strategy}-${workload.dt}-${workload.fill}`, cell);
  const ours = prepareOurs(workload, 'stepped', Math.min(paths, 2000));
  return {
    name: build === 'vector' ? 'C reference' : 'C reference, no SIMD',
    unit: 'step',
    unitsOfPath: cell.steps,
    run: () => ({ ns: runReference(file, paths, build), units: paths * cell.steps }),
    // Its numbers are ours to the last bit, or `check` says otherwise.
    sample: () => undefined,
    check: () => {
      ours.run();
      const differing = columnsThatDiffer(file, ours.columns, build);
      const paths = `${ours.columns.count} paths`;
      return differing.length === 0 ? `${paths} equal ours bit for bit` : `${paths} DIFFER from ours in ${differing}`;
    },
  };
};

/** @type {Engine} */
function naive(workload, budget) {
  const cell = steppedCell(workload);
  const { pnl, run } = runNaive(cell, Math.ceil(budget / 10 / cell.steps));
  return { name: 'naive JavaScript', unit: 'step', unitsOfPath: cell.steps, run, sample: () => sampleOf(pnl) };
}

/** NumPy's best batch, by a short trial of each. */
export function numpyBatch() {
  const workload = /** @type {const} */ ({ strategy: 'hjb', dt: 0.001, fill: 'poisson' });
  const file = writeCell('numpy-trial', steppedCell(workload));
  const trials = [1000, 3000, 10_000, 30_000, 100_000].map((paths) => {
    const steps = Math.min(1000, Math.ceil(2e6 / paths));
    return { paths, ns: runNumpy(file, workload.fill, paths, steps).ns / (paths * steps) };
  });
  return trials.reduce((best, trial) => (trial.ns < best.ns ? trial : best)).paths;
}

/** @param {number} batch @returns {Engine} */
const numpyOf = (batch) => (workload, budget) => {
  const cell = steppedCell(workload);
  const steps = Math.min(cell.steps, Math.ceil((2 * budget) / batch));
  const file = writeCell(`numpy-${workload.strategy}-${workload.dt}-${workload.fill}`, cell);
  let last = { ns: 0, mean: 0, std: 0 };
  return {
    name: 'NumPy',
    unit: 'step',
    unitsOfPath: cell.steps,
    run: () => {
      last = runNumpy(file, workload.fill, batch, steps);
      return { ns: last.ns, units: batch * steps };
    },
    sample: () => (steps === cell.steps ? { mean: last.mean, std: last.std, paths: batch } : undefined),
  };
};

/** Which engines there are on this machine, and what was left out. */
export function availableEngines() {
  /** @type {Record<string, Engine>} */
  const engines = { stepped, naive };
  /** @type {string[]} */
  const notes = [];
  const gcc = buildReference();
  if (gcc === undefined) notes.push('C reference skipped: no gcc.');
  else Object.assign(engines, { reference: referenceOf('vector'), scalar: referenceOf('scalar') });
  if (catalogue.schemes.includes('event')) Object.assign(engines, { event, controlled });
  else notes.push('event engine skipped: this build has no scheme "event".');
  const numpy = numpyVersion();
  const batch = numpy === undefined ? undefined : numpyBatch();
  if (batch === undefined) notes.push('NumPy skipped: no python3 with numpy.');
  else engines['numpy'] = numpyOf(batch);
  return { engines, notes, versions: { gcc, numpy, numpyBatch: batch } };
}
