import type { JointOde } from './joint-ode.ts';
import { createEdges, type LatticeEdges, writeEdges } from './lattice-edges.ts';
import { copyWalk, createWalk, type LatticeWalk, SplitWalkSolver } from './lattice-walk.ts';

/** θ less its value in the middle of the lattice, and that value, with the rounding error of its summation. */
export interface JointState {
  readonly theta: Float64Array;
  level: number;
  levelError: number;
}

/** Local error allowed in a step: this times (1/k + |D|) in a difference per unit, times (z/k + its growth) in the level. */
const TOLERANCE = 1e-11;
export const MAX_COLUMNS = 9;

/**
 * One time step: linearly implicit Euler steps with the factored matrix (I − hJ1)(I − hJ2), extrapolated over the harmonic sequence
 * 1, 2, 3, … The error of such a step has an expansion in h for any matrix that is smooth in h (Hairer & Wanner, Solving ODEs II,
 * IV.9; Deuflhard, Hairer & Zugck 1987), so extrapolation takes away that of the factorisation too; the factors keep it stable
 * where h J is large.
 */
export class ExtrapolatedSplitEuler {
  private readonly ode: JointOde;
  private readonly solver: SplitWalkSolver;
  private readonly startJacobian: LatticeWalk;
  private readonly startRates: Float64Array;
  private startLevelRate = 0;
  private readonly rates: Float64Array;
  private readonly trial: Float64Array;
  private readonly startEdges: LatticeEdges;
  private readonly bestEdges: LatticeEdges;
  private readonly secondEdges: LatticeEdges;
  /** Row of the extrapolation table, latest diagonal first; each entry is the increment of θ, then of the level. */
  private readonly table: readonly Float64Array[];
  /** Error estimate over the tolerance after so many columns. */
  readonly errors = new Float64Array(MAX_COLUMNS + 1);
  /** Columns of the latest attempt. */
  columns = 0;

  constructor(ode: JointOde) {
    const { states, rows, columns } = ode;
    this.ode = ode;
    this.solver = new SplitWalkSolver(rows, columns);
    this.startJacobian = createWalk(rows, columns);
    this.startRates = new Float64Array(states);
    this.rates = new Float64Array(states);
    this.trial = new Float64Array(states);
    this.startEdges = createEdges(ode);
    this.bestEdges = createEdges(ode);
    this.secondEdges = createEdges(ode);
    this.table = Array.from({ length: MAX_COLUMNS }, () => new Float64Array(states + 1));
  }

  /** D at the start of the latest attempt and its increment over the step. */
  get change(): { readonly start: LatticeEdges; readonly increment: LatticeEdges } {
    return { start: this.startEdges, increment: this.bestEdges };
  }

  /** Fills the extrapolation table until its error estimate meets the tolerance. @returns whether it does. */
  attempt(state: JointState, step: number, maxColumns: number): boolean {
    const { ode, errors, table } = this;
    writeEdges(ode, state.theta, this.startEdges);
    this.startLevelRate = ode.evaluate(state.theta, this.startRates);
    copyWalk(ode.jacobian, this.startJacobian);
    for (let j = 0; j < Math.min(maxColumns, MAX_COLUMNS); j++) {
      this.columns = j + 1;
      this.eulerSteps(state.theta, step, j + 1, table[j]!);
      if (j === 0) continue;
      this.extrapolate(j);
      const error = this.estimateError();
      errors[j + 1] = error;
      if (error <= 1) return true;
      // Extrapolation that no longer converges will not do so in a later column either.
      if (!Number.isFinite(error) || (j > 2 && error > errors[j]!)) return false;
    }
    return false;
  }

  /** Adds the increments of the latest attempt; the level by Kahan's compensated summation. */
  commit(state: JointState): void {
    const { states } = this.ode;
    const best = this.table[0]!;
    for (let s = 0; s < states; s++) state.theta[s]! += best[s]!;
    const addend = best[states]! - state.levelError;
    const sum = state.level + addend;
    state.levelError = sum - state.level - addend;
    state.level = sum;
  }

  /**
   * `count` steps (I − hJ1)(I − hJ2) Δθ = h θ_τ with the Jacobian at the start. The matrix maps a constant to itself, so the middle's
   * rate passes beside it.
   */
  private eulerSteps(start: Float64Array, step: number, count: number, increment: Float64Array): void {
    const { ode, solver, rates, trial } = this;
    const { states, middle } = ode;
    const h = step / count;
    solver.factor(h, this.startJacobian);
    increment.fill(0);
    for (let i = 0; i < count; i++) {
      let levelRate = this.startLevelRate;
      if (i === 0) {
        rates.set(this.startRates);
      } else {
        for (let s = 0; s < states; s++) trial[s] = start[s]! + increment[s]!;
        levelRate = ode.evaluate(trial, rates);
      }
      for (let s = 0; s < states; s++) rates[s]! *= h;
      solver.solve(rates);
      const drift = rates[middle]!;
      for (let s = 0; s < states; s++) increment[s]! += rates[s]! - drift;
      increment[states]! += h * levelRate + drift;
    }
  }

  /** Aitken–Neville for row j: T_{j,l} = T_{j,l−1} + (T_{j,l−1} − T_{j−1,l−1}) / (n_j/n_{j−l+1} − 1), in place. */
  private extrapolate(j: number): void {
    for (let l = j; l >= 1; l--) {
      const finer = this.table[l]!;
      const coarser = this.table[l - 1]!;
      const weight = l / (j + 1 - l);
      for (let i = 0; i < finer.length; i++) coarser[i] = finer[i]! + (finer[i]! - coarser[i]!) * weight;
    }
  }

  /** Difference of the two best extrapolates in units of the tolerance; NaN and ∞ are passed on. */
  private estimateError(): number {
    const { ode, startEdges, bestEdges, secondEdges } = this;
    const { first, second } = ode.lots;
    const best = this.table[0]!;
    const other = this.table[1]!;
    writeEdges(ode, best, bestEdges);
    writeEdges(ode, other, secondEdges);
    const growth = best[ode.states]!;
    const unit = Math.max(first.size / first.k, second.size / second.k);
    const level = Math.abs(growth - other[ode.states]!) / (unit + Math.abs(growth));
    const ofFirst = largestError(first.k, startEdges.first, bestEdges.first, secondEdges.first);
    const ofSecond = largestError(second.k, startEdges.second, bestEdges.second, secondEdges.second);
    return Math.max(level, ofFirst, ofSecond) / TOLERANCE;
  }
}

function largestError(k: number, start: Float64Array, best: Float64Array, second: Float64Array): number {
  let worst = 0;
  for (let e = 0; e < start.length; e++) {
    const error = Math.abs(best[e]! - second[e]!) / (1 / k + Math.abs(start[e]!));
    if (!(error <= worst)) worst = error;
  }
  return worst;
}
