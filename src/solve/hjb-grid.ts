import type { ModelParameters } from '../config/experiment.ts';
import { ExtrapolatedEuler } from './extrapolated-euler.ts';
import { allocateGrid, type GridViews, openGrid, readModel } from './grid-layout.ts';
import { InventoryOde } from './inventory-ode.ts';
import { createState, readState, writeTerminalTheta, writeTheta } from './inventory-state.ts';
import { createLotModel } from './lot-model.ts';
import { SolveError } from './solve-error.ts';

/** θ of the HJB equation at the nodes of a time grid, in shared memory. */
export interface HjbGrid {
  readonly model: ModelParameters;
  /** Header, model, times, inventories and θ: all that `attachHjbGrid` needs. */
  readonly buffer: SharedArrayBuffer;
  /** n + 1 nodes 0 … T, uniform, spaced T/n with n = ceil(T/dt). */
  readonly times: Float64Array;
  /** m = 2N + 1 lattice points −N z … N z, N = floor(Q_max/z), z = order_size. */
  readonly inventories: Float64Array;
  /** (n + 1) x m, row i at times[i]; price units × units of inventory. */
  readonly theta: Float64Array;
}

/** How hard the equation was: accepted and rejected time steps. */
export interface SolveEffort {
  readonly accepted: number;
  readonly rejected: number;
}

/**
 * Solves the HJB equation of a market maker with CARA utility (γ > 0), or risk-neutral with a running penalty (γ = 0),
 * whose quotes are bounded and whose inventory lives on a lattice (Guéant, Lehalle & Fernandez-Tapia 2013; Cartea,
 * Jaimungal & Penalva 2015, ch. 10). Bounds on the quotes are part of the control problem. Relative error of θ and
 * absolute error of k·δ are about 1e-10.
 * @param report receives the effort, for benchmarks.
 * @throws SolveError where a parameter is out of range, the grid does not fit in memory or θ overflows.
 */
export function solveHjb(model: ModelParameters, report?: (effort: SolveEffort) => void): HjbGrid {
  const lot = createLotModel(model);
  const intervals = Math.max(1, Math.ceil((model.T / model.dt) * (1 - 1e-12)));
  const points = 2 * lot.lots + 1;
  const views = allocateGrid(model, intervals + 1, points);
  const { times, inventories, theta } = views;
  for (let i = 0; i <= intervals; i++) times[i] = i === intervals ? model.T : (model.T * i) / intervals;
  for (let i = 0; i < points; i++) inventories[i] = (i - lot.lots) * lot.size;

  const row = (i: number) => theta.subarray(i * points, (i + 1) * points);
  writeTerminalTheta(model, inventories, row(intervals));
  const state = createState(lot);
  readState(lot, model.T, row(intervals), state);
  const integrator = new ExtrapolatedEuler(new InventoryOde(lot));
  for (let i = intervals - 1; i >= 0; i--) {
    const arrived = integrator.advance(state, model.T / intervals);
    if (!arrived || !writeTheta(lot, state, row(i))) throw failure(model, times[i]!);
  }
  report?.({ accepted: integrator.accepted, rejected: integrator.rejected });
  return gridOf(views);
}

/**
 * The grid that another thread solved.
 * @throws SolveError where the buffer does not hold one.
 */
export function attachHjbGrid(buffer: SharedArrayBuffer): HjbGrid {
  return gridOf(openGrid(buffer));
}

function gridOf({ buffer, modelNumbers, times, inventories, theta }: GridViews): HjbGrid {
  return { model: readModel(modelNumbers), buffer, times, inventories, theta };
}

function failure(model: ModelParameters, t: number): SolveError {
  const parameters = Object.entries(model).map(([key, value]) => `${key} = ${value}`);
  return new SolveError(
    `the HJB equation has no finite numerical solution at t = ${t} for ${parameters.join(', ')}: lower gamma, phi, running or Q_max, ` +
      'or widen delta_min and delta_max',
  );
}
