import { exp, log } from '../../util/elementary.ts';
import { BoundCrossing } from '../bound-crossing.ts';
import { ExtrapolatedSplitEuler, type JointState, MAX_COLUMNS } from './extrapolated-split-euler.ts';
import type { JointOde } from './joint-ode.ts';

/** Error allowed where a quote meets a bound within a step, in units of 1/k. */
const CROSSING_TOLERANCE = 3e-10;
const FIRST_TARGET = 4;
const MAX_STEPS = 400_000;

/**
 * Integrates the equation over time with adaptive step and number of columns, chosen for the least work per unit of time (Hairer &
 * Wanner, Solving ODEs II, IV.9). Unlike with one asset, quotes meet their bounds at almost any time, each of the states at its own, so
 * steps do not end there, but are short enough for the kink's error.
 */
export class JointIntegrator {
  private readonly stepper: ExtrapolatedSplitEuler;
  private readonly firstCrossing: BoundCrossing;
  private readonly secondCrossing: BoundCrossing;
  private readonly units: readonly [number, number];
  private nextStep = 0;
  private target = FIRST_TARGET;
  /** Accepted and rejected steps since the construction. */
  accepted = 0;
  rejected = 0;

  constructor(ode: JointOde) {
    const { first, second } = ode.lots;
    this.stepper = new ExtrapolatedSplitEuler(ode);
    this.firstCrossing = new BoundCrossing(first);
    this.secondCrossing = new BoundCrossing(second);
    this.units = [1 / first.k, 1 / second.k];
  }

  /** Forgets the step size of earlier calls, so that what follows does not depend on them. */
  restart(): void {
    this.nextStep = 0;
    this.target = FIRST_TARGET;
  }

  /**
   * Moves `state` on by `duration`; `onStep` is called after each accepted step with the time moved so far.
   * @returns whether it got there: false where a number overflows or the step shrinks to nothing.
   */
  advance(state: JointState, duration: number, onStep?: (elapsed: number) => void): boolean {
    const { stepper } = this;
    let elapsed = 0;
    let hasFailed = false;
    for (let steps = 0; elapsed < duration; steps++) {
      const left = duration - elapsed;
      const isLast = this.nextStep === 0 || this.nextStep >= left;
      // Two equal steps rather than a long one and a rest.
      const step = isLast ? left : Math.min(this.nextStep, 0.5 * left);
      if (steps > MAX_STEPS || step < 1e-290 * duration) return false;
      const isCut = isLast || step < this.nextStep;
      if (!stepper.attempt(state, step, this.target + 1)) {
        this.rejected++;
        hasFailed = true;
        this.nextStep = this.stepAfterFailure(step);
        continue;
      }
      const crossing = this.crossingError(step);
      const crossingFactor = 0.9 * power(crossing, -1 / 3);
      if (crossing > 1) {
        this.rejected++;
        hasFailed = true;
        this.nextStep = step * Math.max(0.1, Math.min(0.9, crossingFactor));
        continue;
      }
      this.accepted++;
      elapsed = isLast ? duration : elapsed + step;
      const proposal = Math.min(this.stepAfterSuccess(step), step * Math.min(hasFailed ? 1 : 10, crossingFactor));
      hasFailed = false;
      // A step cut short by the end of the stretch says little about the size that the next one can have.
      if (!isCut || proposal > this.nextStep) this.nextStep = proposal;
      stepper.commit(state);
      onStep?.(elapsed);
    }
    return true;
  }

  /** Over the tolerance; the cube of a step's length at most, as the overshoot grows with the step. */
  private crossingError(step: number): number {
    const { start, increment } = this.stepper.change;
    this.firstCrossing.inspect(start.first, increment.first, step, Infinity);
    this.secondCrossing.inspect(start.second, increment.second, step, Infinity);
    const error = Math.max(this.firstCrossing.error / this.units[0], this.secondCrossing.error / this.units[1]);
    return error / CROSSING_TOLERANCE;
  }

  private stepAfterFailure(step: number): number {
    const { columns, errors } = this.stepper;
    if (!Number.isFinite(errors[columns]!)) return 0.05 * step;
    return Math.min(0.7 * step, this.cheapest(step).step);
  }

  private stepAfterSuccess(step: number): number {
    const best = this.cheapest(step);
    this.target = best.columns;
    // One column more may pay where the last one still brought the step forward.
    if (best.columns < this.stepper.columns || best.columns >= MAX_COLUMNS - 1) return best.step;
    const fewer = this.optimalStep(step, best.columns - 1);
    if (best.columns > 2 && work(best.columns) / best.step > (0.95 * work(best.columns - 1)) / fewer) return best.step;
    this.target = best.columns + 1;
    return (best.step * work(this.target)) / work(best.columns);
  }

  /** The number of columns, of those tried, with the least work per unit of time, and its step. */
  private cheapest(step: number): { readonly columns: number; readonly step: number } {
    let best = { columns: 2, step: this.optimalStep(step, 2) };
    for (let columns = 3; columns <= this.stepper.columns; columns++) {
      const candidate = { columns, step: this.optimalStep(step, columns) };
      if (work(columns) / candidate.step < work(best.columns) / best.step) best = candidate;
    }
    return best;
  }

  /** The error estimate of c columns is of order c in the step. */
  private optimalStep(step: number, columns: number): number {
    return step * Math.min(10, Math.max(0.02, 0.8 * power(this.stepper.errors[columns]!, -1 / columns)));
  }
}

/** Evaluations of the right-hand side with c columns, a factorisation counted as a fifth. */
function work(columns: number): number {
  return 0.5 * columns * (columns + 1) + 0.2 * columns;
}

/** x^p by elementary functions that any engine computes alike; errors of 0 count as tiny. */
function power(x: number, p: number): number {
  return exp(p * log(Math.max(x, 1e-20)));
}
