import type { ModelParameters, SimulatorParameters } from '../config/experiment.ts';
import type { Cell } from '../plan/plan.ts';
import { type HjbGrid, solveHjb } from '../solve/hjb-grid.ts';
import { integrate } from './adaptive.ts';
import { EventMoments } from './event-moments.ts';
import { engineOf } from './exact-law.ts';
import { FillReader } from './fill-reader.ts';
import type { InventoryLattice } from './inventory-lattice.ts';
import { requireMarkov } from './markov.ts';
import { momentState } from './moment-state.ts';
import { SteppedFills } from './stepped-fills.ts';

/** The law of a cell's inventory at times from 0 to T. */
export interface InventoryLaw {
  /** Ascending, from 0 to T. */
  readonly times: readonly number[];
  /** Ascending, units. */
  readonly inventories: Float64Array;
  /** For each time the probability of each inventory. */
  readonly probabilities: readonly Float64Array[];
}

interface InventoryLawOptions {
  readonly intervals?: number;
  /** Solves a model's grid; a caller with many cells passes one that remembers. */
  readonly solve?: (model: ModelParameters) => HjbGrid;
}

/** Error of a step, relative. */
const TOLERANCE = 1e-9;

/**
 * The law of the inventory over time without sampling: p′ = L*p, a birth-death chain with the rates of the fills (event), or
 * its recursion over the steps (stepped).
 * @param intervals of time between the laws; fewer where the stepped scheme has fewer steps
 * @throws NoExactLawError where quotes or market are not Markov in (t, q), SolveError as `exactLaw`
 */
export function inventoryLaw(
  cell: Pick<Cell, 'scenario' | 'strategy'>,
  { intervals = 50, solve = solveHjb }: InventoryLawOptions = {},
): InventoryLaw {
  const { rule } = requireMarkov(cell, solve);
  const market = cell.scenario.simulator;
  const { lattice } = engineOf(market, rule, cell.strategy.name).moments;
  const reader = new FillReader(market, rule, lattice);
  const laws =
    market.scheme === 'event' ? eventLaws(market, reader, intervals) : steppedLaws(market, reader, intervals);
  return { inventories: lattice.inventories, ...laws };
}

type LawsOverTime = Omit<InventoryLaw, 'inventories'>;

function eventLaws(market: SimulatorParameters, reader: FillReader, intervals: number): LawsOverTime {
  const { lattice } = reader;
  const moments = new EventMoments(market, reader);
  const span = market.T / intervals;
  let state: Float64Array = momentState(lattice.width, lattice.start);
  const times = [0];
  const probabilities = [state.slice(0, lattice.width)];
  for (let i = 0; i < intervals; i++) {
    const begin = i * span;
    const shifted = {
      step: (from: Float64Array, t: number, h: number, out: Float64Array) => moments.step(from, begin + t, h, out),
      difference: (a: Float64Array, b: Float64Array) => moments.difference(a, b),
      noise: (h: number) => moments.noise(h),
    };
    ({ state } = integrate(shifted, state, span, { tolerance: TOLERANCE, firstStep: span / 4 }));
    times.push(i + 1 === intervals ? market.T : begin + span);
    probabilities.push(state.slice(0, lattice.width));
  }
  return { times, probabilities };
}

function steppedLaws(market: SimulatorParameters, reader: FillReader, intervals: number): LawsOverTime {
  const { lattice } = reader;
  const steps = new SteppedFills(market, reader);
  const count = Math.min(intervals, steps.count);
  let law = new Float64Array(lattice.width);
  law[lattice.start] = 1;
  const times = [0];
  const probabilities = [law];
  for (let n = 0; n < steps.count; n++) {
    steps.load(n);
    law = stepped(law, steps, lattice);
    const due = Math.round((times.length * steps.count) / count);
    if (n + 1 < due) continue;
    times.push(n + 1 === steps.count ? market.T : (n + 1) * steps.dt);
    probabilities.push(law);
  }
  return { times, probabilities };
}

/** One step: the sides fill independently. */
function stepped(
  law: Float64Array,
  { bid, ask }: SteppedFills,
  { width }: InventoryLattice,
): Float64Array<ArrayBuffer> {
  const next = new Float64Array(width);
  for (let j = 0; j < width; j++) {
    const [p, r] = [bid[j]!, ask[j]!];
    const mass = law[j]!;
    next[j] = next[j]! + mass * (p * r + (1 - p) * (1 - r));
    if (j + 1 < width) next[j + 1] = next[j + 1]! + mass * p * (1 - r);
    if (j > 0) next[j - 1] = next[j - 1]! + mass * r * (1 - p);
  }
  return next;
}
