// @ts-check
/** The market that everything is timed in (Avellaneda & Stoikov 2008, with an inventory bound) and its exact answers. */
import { readFileSync } from 'node:fs';
import { checkExperiment, planRun } from '../build/src/index.js';
import { GridCache } from '../build/src/simulate/grid-cache.js';
import { prepareCell } from '../build/src/simulate/prepare-cell.js';

/** @import { Fill, Scheme } from '../build/src/index.js' */
/** @import { RunPlan } from '../build/src/index.js' */
/** @import { PreparedCell } from '../build/src/simulate/prepare-cell.js' */
/** @import { SteppedCell } from '../build/src/simulate/block-request.js' */

export const market = { sigma: 2, A: 140, k: 1.5, T: 1, Q_max: 10 };
const model = { gamma: 0.1, phi: 0, delta_min: null, delta_max: null };
const strategies = { hjb: 'hjb', constant: { type: 'constant', half_spread: 0.745 } };

/**
 * What is simulated; `control` asks for the control variate's estimator of the mean.
 * @typedef {{ strategy: keyof typeof strategies, dt: number, fill: Fill }} Workload
 */

/** An experiment of one strategy, as a config file would say it.
 * @param {Workload} workload @param {Scheme} scheme @param {number} paths @param {'none' | 'control'} [reduction] */
export function experimentOf({ strategy, dt, fill }, scheme, paths, reduction = 'none') {
  return {
    seed: 42,
    paths,
    variance_reduction: reduction,
    simulator: { ...market, dt, fill, scheme },
    model,
    strategies: [strategies[strategy]],
  };
}

/** @param {Workload} workload @param {Scheme} scheme @param {number} paths @param {'none' | 'control'} [reduction]
 * @returns {RunPlan} */
export function planOf(workload, scheme, paths, reduction = 'none') {
  return planRun(checkExperiment(experimentOf(workload, scheme, paths, reduction)));
}

const grids = new GridCache();

/** @param {RunPlan} plan @returns {PreparedCell} */
export function prepare({ cells: [cell] }) {
  if (cell === undefined) throw new Error('the plan has no cell');
  return prepareCell(cell, grids);
}

/** @param {Workload} workload @returns {SteppedCell} */
export function steppedCell(workload) {
  const { request } = prepare(planOf(workload, 'stepped', 2));
  if (request.scheme !== 'stepped') throw new Error(`a cell of scheme ${request.scheme}`);
  return request;
}

/** @typedef {{ mean: number, std: number, mean_fills: number }} Moments */

/** Moments of PnL in continuous time (`event`) and stepped, made without sampling; see tests/vectors/README.md.
 * @type {Record<keyof typeof strategies, { event: Moments, stepped: { dt: number, poisson: Moments } }>} */
export const exactAnswers = JSON.parse(
  readFileSync(new URL('../tests/vectors/avellaneda-stoikov-2008.json', import.meta.url), 'utf8'),
);

/** Fills that one path of the event engine has on average.
 * @param {Workload} workload */
export function fillsOfPath({ strategy }) {
  return exactAnswers[strategy].event.mean_fills;
}
