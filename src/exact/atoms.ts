import type { SimulatorParameters } from '../config/experiment.ts';
import { bothSidesJump } from './fill-jump.ts';
import type { SteppedFills } from './stepped-fills.ts';

/** A value of PnL that has a probability of its own. */
export interface Atom {
  readonly value: number;
  readonly probability: number;
}

/** Probabilities below are left to the density. */
const NEGLIGIBLE = 1e-14;
/** Steps with both fills that are told apart. */
const MOST_PAIRS = 64;

/**
 * The atoms of PnL in the stepped scheme: fills come before the price moves, so that a path whose inventory is zero after
 * each step's fills knows no price risk. It starts at zero, or is brought there by the first step, and makes what that
 * fill and its steps with both fills earn. Where the latter differs between steps, only the atom without any is named;
 * the others are many and small.
 */
export function steppedAtoms(market: SimulatorParameters, steps: SteppedFills): Atom[] {
  const { reach, start } = steps.reader.lattice;
  const first = firstStep(steps, start - reach);
  let pairs = new Float64Array(MOST_PAIRS);
  pairs[0] = first.probability;
  let jump: number | undefined;
  let isUniform = true;
  for (let n = first.steps; n < steps.count && first.probability > 0; n++) {
    steps.load(n);
    const p = steps.bid[reach]!;
    const r = steps.ask[reach]!;
    const earned = steps.fills.bid.jump[reach]! + steps.fills.ask.jump[reach]! + bothSidesJump(market);
    if (p * r > 0) {
      jump ??= earned;
      if (Math.abs(earned - jump) > 1e-12 * Math.abs(jump)) isUniform = false;
    }
    pairs = pairs.map((share, m) => share * (1 - p) * (1 - r) + (m > 0 ? pairs[m - 1]! * p * r : 0));
  }
  const atoms = Array.from(pairs, (probability, m) => ({
    value: first.value + (m === 0 ? 0 : m * (jump ?? 0)),
    probability,
  }));
  return (isUniform ? atoms : atoms.slice(0, 1))
    .filter(({ probability }) => probability > NEGLIGIBLE)
    .sort((one, other) => one.value - other.value);
}

/** How a path comes to zero inventory before the price moves: by `steps` steps, which earn `value`. */
function firstStep(steps: SteppedFills, lots: number): Atom & { readonly steps: number } {
  if (lots === 0) return { value: 0, probability: 1, steps: 0 };
  if (Math.abs(lots) > 1) return { value: 0, probability: 0, steps: 0 };
  steps.load(0);
  const { start } = steps.reader.lattice;
  const [side, other] = lots > 0 ? (['ask', 'bid'] as const) : (['bid', 'ask'] as const);
  const probability = steps[side][start]! * (1 - steps[other][start]!);
  return { value: steps.fills[side].jump[start]!, probability, steps: 1 };
}

/** The atom of PnL in continuous time: no fill at all from zero inventory. */
export function eventAtoms({ q0 }: SimulatorParameters, stayProbability: number): Atom[] {
  return q0 === 0 && stayProbability > NEGLIGIBLE ? [{ value: 0, probability: stayProbability }] : [];
}
