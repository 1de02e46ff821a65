import { optimalDistance } from '../lot-model.ts';
import { intervalOf, lastBefore } from '../quotes.ts';
import { SolveError } from '../solve-error.ts';
import type { JointState } from './extrapolated-split-euler.ts';
import { HermiteSegment } from './hermite-segment.ts';
import type { JointHjbGrid } from './joint-hjb.ts';
import { JointIntegrator } from './joint-integrator.ts';
import { createJointLots } from './joint-lots.ts';
import { JointOde } from './joint-ode.ts';
import { createJointState, JointRows } from './joint-state.ts';
import { createEdges, type LatticeEdges, writeEdges } from './lattice-edges.ts';

/** Optimal distances over the lattice, each of length m1 m2, at i1 m2 + i2; price units, +Infinity where there is no quote. */
export interface JointQuotes {
  readonly bid1: Float64Array;
  readonly ask1: Float64Array;
  readonly bid2: Float64Array;
  readonly ask2: Float64Array;
}

/** θ and quotes at any time; every method overwrites the arrays that it is given, of length m1 m2. */
export interface JointQuoteReader {
  /**
   * θ(t, ·, ·). Times after T give the terminal row.
   * @throws SolveError where t is negative or not a number.
   */
  theta(t: number, out: Float64Array): void;
  /** δ* = clamp((1/(γz)) ln(1 + γz/k) − Δ/z) of either asset on either side, Δ its jump of θ less fee and impact, at t. */
  quotes(t: number, out: JointQuotes): void;
}

/** Interpolation is used where the estimate of its error is below this times z/k; elsewhere the equation is integrated. */
const INTERPOLATION_TOLERANCE = 1e-9;

/**
 * Reads a joint grid at any time. Between nodes θ comes from quintic Hermite interpolation, with the derivatives that the equation
 * gives, in intervals where its residual stays below 1e-9 z/k, and elsewhere (next to a steep terminal cost) from integrating the
 * equation back from the next node, whose steps are kept for the latest interval. Results do not depend on what was read before.
 */
export function createJointQuoteReader(grid: JointHjbGrid): JointQuoteReader {
  const { models, times } = grid;
  const ode = new JointOde(createJointLots(grid));
  const { first, second } = ode.lots;
  const rows = new JointRows(grid, ode);
  const { T } = models[0];
  const intervals = times.length - 1;
  const tolerance = INTERPOLATION_TOLERANCE * Math.min(first.size / first.k, second.size / second.k);
  const integrator = new JointIntegrator(ode);
  const segment = new HermiteSegment(ode);
  const state = createJointState(ode);
  const next = createJointState(ode);
  const edges = createEdges(ode);
  let interval = -1;
  let isSmooth = false;
  let checkpoints: readonly Checkpoint[] = [];

  const enterInterval = (i: number): void => {
    const duration = times[i + 1]! - times[i]!;
    interval = -1;
    rows.readStart(i + 1, next);
    rows.read(i, state);
    segment.load(next, state, duration);
    isSmooth = segment.estimateError() <= tolerance;
    checkpoints = isSmooth ? [] : integrateOver(next, duration, times[i + 1]!);
    interval = i;
  };

  const integrateOver = (from: JointState, duration: number, t: number): readonly Checkpoint[] => {
    const visited = [checkpointOf(0, from)];
    integrator.restart();
    const arrived = integrator.advance(from, duration, (elapsed) => visited.push(checkpointOf(elapsed, from)));
    if (!arrived) throw unreadable(t, t - duration);
    return visited;
  };

  const readState = (t: number): void => {
    if (!(t >= 0)) throw new SolveError(`quotes at t = ${t}: the time must be at least 0`);
    const i = t >= T ? intervals : intervalOf(times, t);
    if (i === intervals || t === times[i]) {
      rows.read(i, state);
      return;
    }
    if (i !== interval) enterInterval(i);
    const elapsed = times[i + 1]! - t;
    if (isSmooth) {
      segment.read(elapsed, state);
      return;
    }
    const start = lastBefore(checkpoints, elapsed);
    state.theta.set(start.theta);
    state.level = start.level;
    state.levelError = 0;
    integrator.restart();
    if (elapsed > start.elapsed && !integrator.advance(state, elapsed - start.elapsed)) {
      throw unreadable(times[i + 1]!, t);
    }
  };

  return {
    theta(t, out) {
      readState(t);
      if (!rows.write(state, out)) throw unreadable(t, t);
    },
    quotes(t, out) {
      readState(t);
      writeEdges(ode, state.theta, edges);
      writeQuotes(ode, edges, out);
    },
  };
}

function writeQuotes({ lots, rows, columns }: JointOde, { first, second }: LatticeEdges, out: JointQuotes): void {
  out.bid1.fill(Infinity);
  out.ask1.fill(Infinity);
  out.bid2.fill(Infinity);
  out.ask2.fill(Infinity);
  for (let s = 0; s < first.length; s++) {
    out.bid1[s] = optimalDistance(lots.first, first[s]!);
    out.ask1[s + columns] = optimalDistance(lots.first, -first[s]!);
  }
  for (let row = 0, e = 0; row < rows; row++) {
    for (let s = row * columns, end = s + columns - 1; s < end; s++, e++) {
      out.bid2[s] = optimalDistance(lots.second, second[e]!);
      out.ask2[s + 1] = optimalDistance(lots.second, -second[e]!);
    }
  }
}

/** A state on the way from a node back to the one before it. */
interface Checkpoint {
  readonly elapsed: number;
  readonly theta: Float64Array;
  readonly level: number;
}

function checkpointOf(elapsed: number, { theta, level }: JointState): Checkpoint {
  return { elapsed, theta: theta.slice(), level };
}

function unreadable(from: number, to: number): SolveError {
  return new SolveError(
    `θ cannot be integrated from t = ${from} to ${to}: the joint grid's buffer was overwritten; solve it again`,
  );
}
