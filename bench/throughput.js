// @ts-check
/** How fast each engine is on each workload, one core each, interleaved within a workload. */
import { exactSteppedMoments } from './exact.js';
import { interleave, ratioOf, roundsOf, spreadOf } from './measure.js';
import { exactAnswers, steppedCell } from './scenario.js';
import { figure, spread } from './table.js';

/** @import { Engine, TimedEngine } from './engines.js' */
/** @import { Section } from './table.js' */
/** @import { Workload } from './scenario.js' */

/** @type {readonly { workload: Workload, engines: readonly string[] }[]} */
const plan = [
  {
    workload: { strategy: 'hjb', dt: 0.001, fill: 'poisson' },
    engines: ['stepped', 'reference', 'scalar', 'event', 'controlled', 'naive', 'numpy'],
  },
  { workload: { strategy: 'hjb', dt: 0.001, fill: 'linear' }, engines: ['stepped', 'reference', 'event', 'numpy'] },
  {
    workload: { strategy: 'constant', dt: 0.001, fill: 'poisson' },
    engines: ['stepped', 'reference', 'event', 'naive', 'numpy'],
  },
  { workload: { strategy: 'hjb', dt: 0.005, fill: 'poisson' }, engines: ['stepped', 'reference', 'event', 'numpy'] },
  { workload: { strategy: 'hjb', dt: 0.0001, fill: 'linear' }, engines: ['stepped', 'reference', 'event', 'numpy'] },
];

/** Microseconds a path, one value a round, by engine name; undefined where an engine was skipped.
 * @typedef {(workload: Workload, engine: string) => number[] | undefined} PathTimes */

/** @param {Workload} workload */
export function labelOf({ strategy, dt, fill }) {
  return `${strategy}, dt ${dt}, ${fill}`;
}

/**
 * Times the whole plan. The section has a row for each engine and workload; `pathTimes` gives the rounds for ratios.
 * @param {Record<string, Engine>} available @param {number} steps budget of a run @param {number} rounds
 */
export async function measureThroughput(available, steps, rounds) {
  /** @type {Map<string, number[]>} */
  const times = new Map();
  /** @type {string[][]} */
  const rows = [];
  /** @type {Record<string, unknown>[]} */
  const data = [];
  /** @type {Map<string, number>} */
  const deviations = new Map();
  for (const { workload, engines } of plan) {
    const entries = engines.flatMap((name) => {
      const make = available[name];
      return make === undefined ? [] : [make(workload, steps)];
    });
    const taken = await interleave(entries, rounds);
    for (const entry of entries) {
      const nsOfUnit = roundsOf(taken, entry.name);
      const nsOfPath = nsOfUnit.map((ns) => ns * entry.unitsOfPath);
      times.set(`${labelOf(workload)}: ${entry.name}`, nsOfPath);
      deviations.set(`${labelOf(workload)}: ${entry.name}`, entry.sample()?.std ?? Number.NaN);
      const perUnit = spreadOf(nsOfUnit);
      const paths = 1e9 / spreadOf(nsOfPath).median;
      const verified = verify(workload, entry);
      rows.push([labelOf(workload), entry.name, spread(perUnit), entry.unit, figure(paths), verified]);
      data.push({
        ...workload,
        engine: entry.name,
        unit: entry.unit,
        nsPerUnit: perUnit,
        pathsPerSecond: paths,
        verified,
      });
    }
  }
  /** @type {Section} */
  const section = {
    title: 'Speed, one core each',
    head: ['workload', 'engine', 'ns', 'a', 'paths/s', 'verified'],
    rows,
    notes: [
      'Processor time, which leaves out what other programs took. A path of the event engine has 104 fills (hjb) or 89 (constant) on average.',
      'NumPy keeps no drawdown, and runs only the first steps of a horizon that exceeds its budget.',
    ],
  };
  /** @type {PathTimes} */
  const pathTimes = (workload, engine) => times.get(`${labelOf(workload)}: ${engine}`);
  return {
    section,
    data,
    pathTimes,
    deviationOf: (/** @type {Workload} */ w, /** @type {string} */ engine) =>
      deviations.get(`${labelOf(w)}: ${engine}`),
  };
}

/** What speaks for an engine's numbers: its own check, or its mean against the exact one of its scheme.
 * @param {Workload} workload @param {TimedEngine} engine */
function verify(workload, { unit, sample, check }) {
  if (check !== undefined) return check();
  const drawn = sample();
  if (drawn === undefined) return 'part of the horizon';
  const exact = unit === 'fill' ? exactAnswers[workload.strategy].event : exactSteppedMoments(steppedCell(workload));
  const errors = (drawn.mean - exact.mean) / (drawn.std / Math.sqrt(drawn.paths));
  return `mean ${drawn.mean.toFixed(3)}: ${errors >= 0 ? '+' : ''}${errors.toFixed(1)} se of exact`;
}

/** @param {PathTimes} pathTimes */
export function throughputRatios(pathTimes) {
  const poisson = plan[0].workload;
  const linear = plan[1].workload;
  const fine = plan[4].workload;
  const speed = (/** @type {Workload} */ w, /** @type {string} */ ours, /** @type {string} */ peer) =>
    ratioOf(pathTimes(w, peer), pathTimes(w, ours));
  return [
    { name: 'stepped / C reference, hjb', ratio: speed(poisson, 'stepped', 'C reference'), target: 0.5 },
    { name: 'stepped / C reference without SIMD, hjb', ratio: speed(poisson, 'stepped', 'C reference, no SIMD') },
    { name: 'stepped / C reference, constant', ratio: speed(plan[2].workload, 'stepped', 'C reference') },
    { name: 'stepped / naive JavaScript', ratio: speed(poisson, 'stepped', 'naive JavaScript') },
    { name: 'stepped / NumPy, poisson fills', ratio: speed(poisson, 'stepped', 'NumPy') },
    { name: 'event / C reference at dt 0.001', ratio: speed(poisson, 'event', 'C reference'), target: 2 },
    { name: 'event / NumPy as mbt_gym, dt 0.001', ratio: speed(linear, 'event', 'NumPy'), target: 12 },
    { name: 'event / NumPy, poisson fills, dt 0.001', ratio: speed(poisson, 'event', 'NumPy') },
    { name: 'event / NumPy, poisson fills, dt 0.001, constant', ratio: speed(plan[2].workload, 'event', 'NumPy') },
    { name: 'event / NumPy as mbt_gym, dt 0.0001', ratio: speed(fine, 'event', 'NumPy'), target: 120 },
    { name: 'event / C reference at dt 0.0001', ratio: speed(fine, 'event', 'C reference') },
  ];
}
