import { exp, log } from '../util/elementary.ts';

/** One step of a method for a linear system whose state is a vector of doubles. */
export interface StepSystem {
  /** Writes the state a time h after t to `out`. */
  step(state: Float64Array, t: number, h: number, out: Float64Array): void;
  /** Size of the difference of two states, 1 being as large as the state itself. */
  difference(a: Float64Array, b: Float64Array): number;
}

/** Order of the local error of the method plus one, for the step size. */
const ERROR_ORDER = 10;
const MAX_STEPS = 100_000;
/** Steps below this share of the horizon are taken whatever their error: a jump of the quotes can look no better. */
const LEAST_STEP = 1e-11;

/** What an integration came to. */
export interface Integration {
  readonly state: Float64Array;
  /** Times at which steps ended, from 0 to T. */
  readonly mesh: readonly number[];
  /** Sum of the error estimates of all steps, in the units of `difference`. */
  readonly error: number;
}

/**
 * Integrates over [0, T] with steps that are each taken once and as two halves; their difference, which estimates the
 * error of the whole step, stays below the tolerance. The state goes on from the halves, which are about 500 times better.
 * @throws Error where the state stops being finite or steps become too many
 */
export function integrate(
  system: StepSystem,
  initial: Float64Array,
  T: number,
  tolerance: number,
  firstStep: number,
  onStep?: (t: number, state: Float64Array) => void,
): Integration {
  let state = initial.slice();
  const whole = initial.slice();
  const half = initial.slice();
  let halves = initial.slice();
  const mesh = [0];
  let error = 0;
  let t = 0;
  let h = Math.min(T, firstStep);
  for (let steps = 0; t < T; steps++) {
    if (steps > MAX_STEPS) throw new Error(`no end at t = ${t} of ${T} after ${MAX_STEPS} time steps`);
    const isLast = h >= (T - t) * (1 - 1e-12);
    if (isLast) h = T - t;
    system.step(state, t, h, whole);
    system.step(state, t, h / 2, half);
    system.step(half, t + h / 2, h / 2, halves);
    const difference = system.difference(whole, halves);
    const isFinal = h <= LEAST_STEP * T;
    if (!(difference <= tolerance) && !isFinal) {
      h *= Number.isFinite(difference) ? stepFactor(difference / tolerance) : 0.1;
      continue;
    }
    if (!Number.isFinite(difference)) throw new Error(`the state overflowed at t = ${t}`);
    error += difference;
    t = isLast ? T : t + h;
    [state, halves] = [halves, state];
    mesh.push(t);
    onStep?.(t, state);
    h *= stepFactor(difference / tolerance);
  }
  return { state, mesh, error };
}

/** The classical controller: 0.9 error^(−1/10), within [0.1, 6]. */
function stepFactor(relative: number): number {
  if (relative < 1e-9) return 6;
  return Math.min(6, Math.max(0.1, 0.9 * exp(-log(relative) / ERROR_ORDER)));
}
