import { BoundCrossing } from './bound-crossing.ts';
import type { InventoryOde } from './inventory-ode.ts';
import { TridiagonalSolver } from './tridiagonal.ts';

/** The differences D of ϑ over one lot and ϑ(0), the latter with the rounding error of its summation. */
export interface InventoryState {
  readonly D: Float64Array;
  level: number;
  levelError: number;
}

/** Local error allowed in a step: this times (1/k + |D|) in a difference, (1/k + |its growth|) in the level. */
const TOLERANCE = 1e-12;
const MAX_COLUMNS = 9;
/** Columns at which a step is about as cheap as it gets per unit of time at this tolerance. */
const TARGET_COLUMNS = 6;
/** A step towards a crossing that is closer than this share of it stops shortly behind it. */
const MIN_SHRINKAGE = 1e-3;
const MAX_STEPS = 200_000;

/**
 * Linearly implicit Euler steps, extrapolated over the harmonic sequence 1, 2, 3, … with adaptive step and number of
 * columns (SEULEX; Deuflhard, Hairer & Zugck 1987; Hairer & Wanner, Solving ODEs II, section IV.9). It stays stable on the
 * transient near T, whose speed is e^(kD), and a smooth stretch costs two columns a step.
 */
export class ExtrapolatedEuler {
  private readonly ode: InventoryOde;
  private readonly size: number;
  private readonly crossing: BoundCrossing;
  private readonly solver: TridiagonalSolver;
  private readonly startRates: Float64Array;
  private startLevelRate = 0;
  private readonly rates: Float64Array;
  private readonly trial: Float64Array;
  private readonly upSlope: Float64Array;
  private readonly downSlope: Float64Array;
  /** Row of the extrapolation table, latest diagonal first; each entry is the increment of D, then of the level. */
  private readonly table: Float64Array[];
  private error = 0;
  private columns = 0;
  private nextStep = 0;
  /** Accepted and rejected steps since the construction. */
  accepted = 0;
  rejected = 0;

  constructor(ode: InventoryOde) {
    this.ode = ode;
    this.size = ode.edges;
    const vector = () => new Float64Array(this.size);
    this.crossing = new BoundCrossing(ode.lot);
    this.solver = new TridiagonalSolver(this.size);
    this.startRates = vector();
    this.rates = vector();
    this.trial = vector();
    this.upSlope = vector();
    this.downSlope = vector();
    this.table = Array.from({ length: MAX_COLUMNS }, () => new Float64Array(this.size + 1));
  }

  /** Forgets the step size of earlier calls, so that what follows does not depend on them. */
  restart(): void {
    this.nextStep = 0;
  }

  /**
   * Moves `state` on by `duration`; `onStep` is called after each accepted step with the time moved so far.
   * @returns whether it got there: false where a number overflows or the step shrinks to nothing.
   */
  advance(state: InventoryState, duration: number, onStep?: (elapsed: number) => void): boolean {
    let elapsed = 0;
    for (let steps = 0; elapsed < duration; steps++) {
      const left = duration - elapsed;
      const isLast = this.nextStep === 0 || this.nextStep >= left;
      const step = isLast ? left : this.nextStep;
      if (steps > MAX_STEPS || step < 1e-290 * duration) return false;
      if (!this.attempt(state, step)) {
        this.rejected++;
        this.nextStep = step * this.shrinkage();
        continue;
      }
      this.crossing.inspect(state.D, this.table[0]!, step, TOLERANCE / this.ode.lot.k);
      if (this.crossing.fractionBefore < 1) {
        // Ends the next step next to the crossing; the secant moves closer with each try.
        this.rejected++;
        this.nextStep = step * Math.min(0.99, Math.max(this.crossing.fractionBefore, MIN_SHRINKAGE));
        continue;
      }
      this.accepted++;
      elapsed = isLast ? duration : elapsed + step;
      const proposal = step * this.growth();
      // A step cut short by the end of the stretch says little about the size that the next one can have.
      if (!isLast || proposal > this.nextStep) this.nextStep = proposal;
      this.commit(state);
      onStep?.(elapsed);
    }
    return true;
  }

  /** Factor for the step after a success: the classical controller, with room to grow while few columns suffice. */
  private growth(): number {
    if (this.columns < TARGET_COLUMNS - 1) return 4;
    return Math.min(4, Math.max(0.3, (this.columns > TARGET_COLUMNS ? 0.7 : 0.95) * rootEstimate(this.error)));
  }

  private shrinkage(): number {
    return Number.isFinite(this.error) ? Math.min(0.5, Math.max(0.1, 0.7 * rootEstimate(this.error))) : 0.05;
  }

  /** Fills the extrapolation table for one step until its error estimate meets the tolerance. */
  private attempt(state: InventoryState, step: number): boolean {
    this.startLevelRate = this.ode.evaluate(state.D, this.startRates);
    this.upSlope.set(this.ode.upSlope);
    this.downSlope.set(this.ode.downSlope);
    let lastError = Infinity;
    for (let j = 0; j < MAX_COLUMNS; j++) {
      this.columns = j + 1;
      this.eulerSteps(state.D, step, j + 1, this.table[j]!);
      if (j === 0) continue;
      this.extrapolate(j);
      this.error = this.estimateError(state.D);
      if (this.error <= 1) return true;
      // Extrapolation that no longer converges will not do so in a later column either.
      if (!Number.isFinite(this.error) || (j > 2 && this.error > lastError)) return false;
      lastError = this.error;
    }
    return false;
  }

  /** `count` linearly implicit Euler steps with the Jacobian at the start: (I − hJ) ΔD = h D′. Writes the increments. */
  private eulerSteps(start: Float64Array, step: number, count: number, increment: Float64Array): void {
    const { ode, size, solver, trial } = this;
    const { lots } = ode.lot;
    const h = step / count;
    solver.factor(h, this.upSlope, this.downSlope);
    increment.fill(0);
    for (let i = 0; i < count; i++) {
      let levelRate = this.startLevelRate;
      if (i > 0) {
        for (let e = 0; e < size; e++) trial[e] = start[e]! + increment[e]!;
        levelRate = ode.evaluate(trial, this.rates);
      }
      const delta = solver.solve(h, i === 0 ? this.startRates : this.rates);
      for (let e = 0; e < size; e++) increment[e]! += delta[e]!;
      const drift = size > 0 ? this.upSlope[lots]! * delta[lots]! - this.downSlope[lots - 1]! * delta[lots - 1]! : 0;
      increment[size]! += h * (levelRate + drift);
    }
  }

  /** Aitken–Neville for row j: T_{j,l} = T_{j,l−1} + (T_{j,l−1} − T_{j−1,l−1}) / (n_j/n_{j−l+1} − 1), in place. */
  private extrapolate(j: number): void {
    for (let l = j; l >= 1; l--) {
      const finer = this.table[l]!;
      const coarser = this.table[l - 1]!;
      const weight = l / (j + 1 - l);
      for (let i = 0; i <= this.size; i++) coarser[i] = finer[i]! + (finer[i]! - coarser[i]!) * weight;
    }
  }

  /** Difference of the two best extrapolates in units of the tolerance; NaN and ∞ are passed on. */
  private estimateError(D: Float64Array): number {
    const { size } = this;
    const best = this.table[0]!;
    const second = this.table[1]!;
    const unit = 1 / this.ode.lot.k;
    let worst = Math.abs(best[size]! - second[size]!) / (unit + Math.abs(best[size]!));
    for (let e = 0; e < size; e++) {
      const error = Math.abs(best[e]! - second[e]!) / (unit + Math.abs(D[e]!));
      if (!(error <= worst)) worst = error;
    }
    return worst / TOLERANCE;
  }

  /** Adds the extrapolated increments; the level by Kahan's compensated summation. */
  private commit(state: InventoryState): void {
    const best = this.table[0]!;
    for (let e = 0; e < this.size; e++) state.D[e]! += best[e]!;
    const addend = best[this.size]! - state.levelError;
    const sum = state.level + addend;
    state.levelError = sum - state.level - addend;
    state.level = sum;
  }
}

/** error^(−1/8) by square roots: any engine gets the same step. */
function rootEstimate(error: number): number {
  return 1 / Math.sqrt(Math.sqrt(Math.sqrt(Math.max(error, 1e-30))));
}
