import { exp, log } from '../util/elementary.ts';

/** One step of a method for a linear system whose state is a vector of doubles. */
export interface StepSystem {
  /** Writes the state a time h after t to `out`. */
  step(state: Float64Array, t: number, h: number, out: Float64Array): void;
  /** Size of the difference of two states, 1 being as large as the state itself. */
  difference(a: Float64Array, b: Float64Array): number;
  /** The part of a difference over a step of h that small errors of the coefficients explain, which no smaller step cures. */
  noise(h: number): number;
}

/** An integration that comes to no end: its state overflows, or its steps become too many. */
export class IntegrationError extends Error {
  override readonly name = 'IntegrationError';
}

/** Order of the local error of the method plus one, for the step size. */
const ERROR_ORDER = 10;
const MOST_STEPS = 20_000;
/** Share of the horizon below which no step is taken: a jump of the quotes within it is passed whatever the error. */
const LEAST_STEP = 1e-11;

export interface IntegrationOptions {
  /** Error allowed in a step, in the units of `difference`. */
  readonly tolerance: number;
  readonly firstStep: number;
  readonly mostSteps?: number;
  /** Called after each step; false ends the integration there. */
  readonly onStep?: (t: number, state: Float64Array) => boolean;
}

/** What an integration came to. */
export interface Integration {
  readonly state: Float64Array;
  /** Times at which steps ended, from 0; the last is T unless `onStep` ended it. */
  readonly mesh: readonly number[];
}

/**
 * Integrates over [0, T] with steps that are each taken once and as two halves; their difference, which estimates the
 * error of the whole step, stays below the tolerance. The state goes on from the halves, which are about 500 times better.
 * @throws IntegrationError where the state stops being finite or steps become too many
 */
export function integrate(
  system: StepSystem,
  initial: Float64Array,
  T: number,
  { tolerance, firstStep, mostSteps = MOST_STEPS, onStep = () => true }: IntegrationOptions,
): Integration {
  let state = initial.slice();
  const whole = initial.slice();
  const half = initial.slice();
  let halves = initial.slice();
  const mesh = [0];
  const least = LEAST_STEP * T;
  let t = 0;
  let h = firstStep;
  for (let steps = 0; t < T; steps++) {
    if (steps > mostSteps) throw new IntegrationError(`no end at t = ${t} of ${T} after ${mostSteps} time steps`);
    h = Math.max(h, least);
    const isLast = h >= (T - t) * (1 - 1e-12);
    if (isLast) h = T - t;
    system.step(state, t, h, whole);
    system.step(state, t, h / 2, half);
    system.step(half, t + h / 2, h / 2, halves);
    const relative = system.difference(whole, halves) / (tolerance + system.noise(h));
    if (!(relative <= 1) && h > least) {
      h *= Number.isFinite(relative) ? stepFactor(relative) : 0.1;
      continue;
    }
    if (!Number.isFinite(relative)) throw new IntegrationError(`the state overflowed at t = ${t}`);
    t = isLast ? T : t + h;
    [state, halves] = [halves, state];
    mesh.push(t);
    if (!onStep(t, state)) break;
    h *= stepFactor(relative);
  }
  return { state, mesh };
}

/** The classical controller: 0.9 error^(−1/10), within [0.1, 6]. */
function stepFactor(relative: number): number {
  if (relative < 1e-9) return 6;
  return Math.min(6, Math.max(0.1, 0.9 * exp(-log(relative) / ERROR_ORDER)));
}
