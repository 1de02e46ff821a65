import type { ModelParameters } from '../../config/experiment.ts';
import type { SolveEffort } from '../hjb-grid.ts';
import type { LotModel } from '../lot-model.ts';
import { SolveError } from '../solve-error.ts';
import { JointIntegrator } from './joint-integrator.ts';
import { allocateJointGrid, type JointGridViews, type JointProblem, openJointGrid } from './joint-layout.ts';
import { createJointLots } from './joint-lots.ts';
import { JointOde } from './joint-ode.ts';
import { createJointState, JointRows } from './joint-state.ts';

/** θ of the HJB equation of two assets at the nodes of a time grid, in shared memory. */
export interface JointHjbGrid extends JointProblem {
  /** Header, models, correlation, times, inventories and θ: all that `attachJointHjbGrid` needs. */
  readonly buffer: SharedArrayBuffer;
  /** n + 1 nodes 0 … T, uniform, spaced T/n with n = ceil(T/dt), dt the smaller of the two models'. */
  readonly times: Float64Array;
  /** For either asset its m = 2N + 1 lattice points −N z … N z, N = floor(Q_max/z), z = order_size. */
  readonly inventories: readonly [Float64Array, Float64Array];
  /** (n + 1) x m1 x m2, at (i m1 + i1) m2 + i2; price units × units of inventory. */
  readonly theta: Float64Array;
}

/**
 * Solves the HJB equation of a maker of two assets whose prices have Brownian motions of correlation ρ, with CARA utility (γ > 0), or
 * risk-neutral with running penalties (γ = 0) (Guéant, "Optimal market making", Appl. Math. Finance 24, 2017):
 *     ∂θ/∂t + μ·q − ½ γ q'Σq − ζ1 q1² − ζ2 q2² + Σ_i [H_i(Δ_i⁺) 1{q_i < Q_i} + H_i(Δ_i⁻) 1{q_i > −Q_i}] = 0,
 *     θ(T, q) = −φ1 q1² − φ2 q2².
 * Everything is each asset's own but γ and T. Bounds on the quotes are part of the control problem. Absolute error of k·δ is about
 * 1e-9.
 * @param correlation ρ in [−1, 1].
 * @param report receives the effort, for benchmarks.
 * @throws SolveError where a parameter is out of range, the models differ in gamma or T, the grid exceeds memory or θ overflows.
 */
export function solveJointHjb(
  models: readonly [ModelParameters, ModelParameters],
  correlation: number,
  report?: (effort: SolveEffort) => void,
): JointHjbGrid {
  const lots = createJointLots({ models, correlation });
  const { T } = models[0];
  const intervals = Math.max(1, Math.ceil((T / Math.min(models[0].dt, models[1].dt)) * (1 - 1e-12)));
  const counts = { nodes: intervals + 1, rows: 2 * lots.first.lots + 1, columns: 2 * lots.second.lots + 1 };
  const grid = allocateJointGrid({ models, correlation }, counts);
  const { times, inventories } = grid;
  for (let i = 0; i <= intervals; i++) times[i] = i === intervals ? T : (T * i) / intervals;
  writeInventories(lots.first, inventories[0]);
  writeInventories(lots.second, inventories[1]);

  const ode = new JointOde(lots);
  const gridRows = new JointRows(grid, ode);
  const state = createJointState(ode);
  gridRows.writeTerminal();
  gridRows.readStart(intervals, state);
  const integrator = new JointIntegrator(ode);
  for (let i = intervals - 1; i >= 0; i--) {
    const arrived = integrator.advance(state, T / intervals);
    if (!arrived || !gridRows.write(state, gridRows.row(i))) throw failure(grid, times[i]!);
  }
  report?.({ accepted: integrator.accepted, rejected: integrator.rejected });
  return grid;
}

/**
 * The grid that another thread solved.
 * @throws SolveError where the buffer does not hold one.
 */
export function attachJointHjbGrid(buffer: SharedArrayBuffer): JointHjbGrid {
  return openJointGrid(buffer);
}

function writeInventories({ lots, size }: LotModel, inventories: Float64Array): void {
  for (let i = 0; i < inventories.length; i++) inventories[i] = (i - lots) * size;
}

function failure({ models, correlation }: JointGridViews, t: number): SolveError {
  const parameters = models.map((model) =>
    Object.entries(model)
      .map(([key, value]) => `${key} = ${value}`)
      .join(', '),
  );
  return new SolveError(
    `the joint HJB equation has no finite numerical solution at t = ${t} for correlation = ${correlation}, (${parameters.join('), (')}): ` +
      'lower gamma, phi, running or Q_max, or widen delta_min and delta_max',
  );
}
