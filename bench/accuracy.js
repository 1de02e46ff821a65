// @ts-check
/** Time to a mean PnL of hjb that is good to 1 % in all: the scheme's bias and the standard error together. */
import { exactSteppedMoments } from './exact.js';
import { ratioOf, spreadOf } from './measure.js';
import { exactAnswers, steppedCell } from './scenario.js';
import { figure, spread } from './table.js';

/** @import { Fill } from '../build/src/index.js' */
/** @import { Section } from './table.js' */
/** @import { PathTimes } from './throughput.js' */
/** @import { Workload } from './scenario.js' */

const target = exactAnswers.hjb.event;
const TOLERANCE = 0.01;
/** The bias that is allowed at most, relative to the mean. */
const MOST_BIAS = 0.007;
/** Fewer paths give no standard error that one could trust. */
const LEAST_PATHS = 30;
/** Steps of a unit of time: from the step of Avellaneda & Stoikov's own tables on. */
const COARSEST = 200;
const FINEST = 10_000;

/** The recursion for the stepped scheme must give the independent solver's figure. */
function checkRecursion() {
  const { dt, poisson } = exactAnswers.hjb.stepped;
  const { mean } = exactSteppedMoments(steppedCell({ strategy: 'hjb', dt, fill: 'poisson' }));
  if (Math.abs(mean - poisson.mean) > 1e-6) throw new Error(`exact mean ${mean} where ${poisson.mean} is known`);
}

/** Paths for which bias² + std²/paths <= (1 % of the mean)².
 * @param {number} bias @param {number} std */
function pathsFor(bias, std) {
  return Math.max(LEAST_PATHS, Math.ceil(std ** 2 / ((TOLERANCE * target.mean) ** 2 - bias ** 2)));
}

/** The step size with the least work, from the exact moments of the scheme.
 * @param {Fill} fill */
function bestStep(fill) {
  let best = { steps: 0, paths: Number.POSITIVE_INFINITY, bias: 0, work: Number.POSITIVE_INFINITY };
  for (let steps = COARSEST; steps <= FINEST; steps = Math.ceil(steps * 1.1)) {
    const exact = exactSteppedMoments(steppedCell({ strategy: 'hjb', dt: 1 / steps, fill }));
    const bias = exact.mean - target.mean;
    if (Math.abs(bias) > MOST_BIAS * target.mean) continue;
    const paths = pathsFor(bias, exact.std);
    // Finer steps cost more for less than they spare once the paths are near their least number.
    if (steps * pathsFor(0, exact.std) > best.work) break;
    if (steps * paths < best.work) best = { steps, paths, bias, work: steps * paths };
  }
  return best;
}

/**
 * From the measured speeds at dt 0.001; the time to solve for the quotes and to start is left out for all alike.
 * @param {PathTimes} pathTimes @param {(workload: Workload, engine: string) => number | undefined} deviationOf
 */
export function timeToAccuracy(pathTimes, deviationOf) {
  checkRecursion();
  /** @type {string[][]} */
  const rows = [];
  /** @type {Map<string, number[]>} */
  const times = new Map();
  const add = (/** @type {string} */ name, /** @type {string[]} */ facts, /** @type {number[] | undefined} */ ns) => {
    if (ns === undefined) return;
    times.set(name, ns);
    rows.push([name, ...facts, spread(spreadOf(ns.map((value) => value / 1e6)))]);
  };
  for (const fill of /** @type {const} */ (['poisson', 'linear'])) {
    const { steps, paths, bias } = bestStep(fill);
    const facts = [figure(1 / steps), figure(paths), `${((100 * bias) / target.mean).toFixed(2)} %`];
    for (const engine of ['stepped', 'C reference', 'naive JavaScript', 'NumPy']) {
      const measured = pathTimes({ strategy: 'hjb', dt: 0.001, fill }, engine);
      add(
        `${engine}, ${fill} fills`,
        facts,
        measured?.map((ns) => (ns / 1000) * steps * paths),
      );
    }
  }
  for (const engine of ['event', 'event, control variate']) {
    const workload = /** @type {const} */ ({ strategy: 'hjb', dt: 0.001, fill: 'poisson' });
    const std = engine === 'event' ? target.std : (deviationOf(workload, engine) ?? target.std);
    const paths = pathsFor(0, std);
    add(
      engine,
      ['', figure(paths), '0 %'],
      pathTimes(workload, engine)?.map((ns) => ns * paths),
    );
  }
  /** @type {Section} */
  const section = {
    title: 'Time to 1 % total error of the mean PnL of hjb',
    head: ['engine', 'dt', 'paths', 'bias', 'ms (min–max)'],
    rows,
    notes: [
      'From the speeds above at dt 0.001 and exact moments; dt has the least work with a bias below 0.7 % and dt <= 0.005.',
    ],
  };
  const ratios = [...times.keys()]
    .filter((name) => name.startsWith('C reference') || name.startsWith('NumPy'))
    .map((name) => ({
      name: `time to 1 %: event against ${name}`,
      ratio: ratioOf(times.get(name), times.get('event')),
    }));
  return { section, ratios, data: Object.fromEntries([...times].map(([name, ns]) => [name, spreadOf(ns)])) };
}
