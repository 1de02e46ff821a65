import { z } from 'zod';
import type { SimulatorParameters } from '../config/experiment.ts';
import { timeStepsOf } from '../plan/time-steps.ts';
import { avellanedaStoikovQuotes, clampToBounds } from '../solve/closed-forms.ts';
import { defineStrategy } from './strategy.ts';

/**
 * The constant average spread of `avellaneda_stoikov` around the mid: the benchmark of Avellaneda & Stoikov (2008, section
 * 3.3). The average is over the times at which that strategy quotes: γσ²T/2 + (2/γ) ln(1 + γ/k) in continuous time,
 * γσ²(T + dt)/2 + (2/γ) ln(1 + γ/k) over the steps of the stepped scheme.
 */
export const symmetric = defineStrategy({
  type: 'symmetric',
  summary: 'the average Avellaneda-Stoikov spread, always centred on the mid',
  params: z.strictObject({}),
  createRule: (_params, { simulator, model }) => {
    // The spread is linear in the time left, so that its average is the spread at the average.
    const { ask } = avellanedaStoikovQuotes(model, model.T - meanTimeLeft(simulator, model.T), 0);
    const distance = clampToBounds(model, ask);
    return {
      timeDependent: false,
      fillRow(_t, _inventories, bid, ask) {
        bid.fill(distance);
        ask.fill(distance);
      },
    };
  },
});

/** Average of max(0, horizon − t) over the times t at which the simulation reads quotes. */
function meanTimeLeft(simulator: SimulatorParameters, horizon: number): number {
  if (simulator.scheme === 'event') {
    const until = Math.min(horizon, simulator.T);
    return (until * (horizon - until / 2)) / simulator.T;
  }
  const { count, dt } = timeStepsOf(simulator);
  const steps = Math.min(count, Math.ceil((horizon / dt) * (1 - 1e-12)));
  return (steps * (horizon - (dt * (steps - 1)) / 2)) / count;
}
