import type { SimulatorParameters } from '../config/experiment.ts';

/** The stepped scheme's clock. */
export interface TimeSteps {
  readonly count: number;
  /** T / count: the configured dt where it divides T. */
  readonly dt: number;
}

/** Divides the horizon into equal steps no longer than the configured dt (up to rounding). */
export function timeStepsOf({ T, dt }: SimulatorParameters): TimeSteps {
  const count = Math.max(1, Math.ceil((T / dt) * (1 - 1e-9)));
  return { count, dt: T / count };
}
