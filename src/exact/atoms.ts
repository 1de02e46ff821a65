import type { SimulatorParameters } from '../config/experiment.ts';
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
 * The atoms of PnL in the stepped scheme: a path whose inventory is zero at all times knows no price risk, and makes
 * what its steps with both fills earn. Where that differs between steps, only the atom of no fill at all is named; the
 * others are many and small.
 */
export function steppedAtoms(market: SimulatorParameters, steps: SteppedFills): Atom[] {
  if (market.q0 !== 0) return [];
  const { reach } = steps.reader.lattice;
  let pairs = new Float64Array(MOST_PAIRS);
  pairs[0] = 1;
  let jump: number | undefined;
  let isUniform = true;
  for (let n = 0; n < steps.count; n++) {
    steps.load(n);
    const p = steps.bid[reach]!;
    const r = steps.ask[reach]!;
    const earned = steps.fills.bid.jump[reach]! + steps.fills.ask.jump[reach]! + steps.bothJump;
    if (p * r > 0) {
      jump ??= earned;
      if (Math.abs(earned - jump) > 1e-12 * Math.abs(jump)) isUniform = false;
    }
    pairs = pairs.map((share, m) => share * (1 - p) * (1 - r) + (m > 0 ? pairs[m - 1]! * p * r : 0));
  }
  const atoms = Array.from(pairs, (probability, m) => ({ value: m === 0 ? 0 : m * (jump ?? 0), probability }));
  return (isUniform ? atoms : atoms.slice(0, 1))
    .filter(({ probability }) => probability > NEGLIGIBLE)
    .sort((one, other) => one.value - other.value);
}

/** The atom of PnL in continuous time: no fill at all from zero inventory. */
export function eventAtoms({ q0 }: SimulatorParameters, stayProbability: number): Atom[] {
  return q0 === 0 && stayProbability > NEGLIGIBLE ? [{ value: 0, probability: stayProbability }] : [];
}
