import type { ModelParameters } from '../config/experiment.ts';
import { ExtrapolatedEuler, type InventoryState } from './extrapolated-euler.ts';
import type { HjbGrid } from './hjb-grid.ts';
import { InventoryOde } from './inventory-ode.ts';
import { createState, readState, writeTheta } from './inventory-state.ts';
import { createLotModel, differenceAt, type LotModel, optimalDistance } from './lot-model.ts';
import { SolveError } from './solve-error.ts';

/**
 * Optimal distances from one row of θ: δ* = clamp((1/(γz)) ln(1 + γz/k) − Δ/z) with Δ the jump beside the distance,
 * Δ⁺ = θ(q + z) − θ(q) − zc − ξ(q + z), Δ⁻ = θ(q − z) − θ(q) − zc + ξ(q − z), c = maker_fee, ξ = impact (model of
 * Guéant, Lehalle & Fernandez-Tapia 2013; 1/k − Δ/z at γ = 0).
 * @param theta θ over the lattice −N z … N z, length m.
 * @param bid receives the distance of the bid below the mid in price units, length m; +Infinity (no quote) at N z.
 * @param ask the ask's distance above the mid; +Infinity at −N z.
 * @throws SolveError where a parameter of the model is out of range.
 */
export function quotesFromTheta(
  model: ModelParameters,
  theta: Float64Array,
  bid: Float64Array,
  ask: Float64Array,
): void {
  writeQuotes(createLotModel(model), theta, bid, ask);
}

/** θ and quotes at any time; every method overwrites the arrays that it is given, of length m. */
export interface QuoteReader {
  /**
   * θ(t, ·). Times after T give the terminal row.
   * @throws SolveError where t is negative or not a number.
   */
  theta(t: number, out: Float64Array): void;
  /** Optimal distances at t, as `quotesFromTheta` writes them. */
  quotes(t: number, bid: Float64Array, ask: Float64Array): void;
}

/** A state on the way from a node back to the one before it. */
interface Checkpoint {
  readonly elapsed: number;
  readonly D: Float64Array;
  readonly level: number;
}

/**
 * Reads a grid at any time, as accurately as at its nodes: between them the equation is integrated back from the next
 * node. The steps of that integration are kept for the latest interval, so that another time in it costs one step, whatever
 * the order of the times; results do not depend on what was read before.
 */
export function createQuoteReader(grid: HjbGrid): QuoteReader {
  const { model, times, inventories } = grid;
  const lot = createLotModel(model);
  const points = inventories.length;
  const intervals = times.length - 1;
  const integrator = new ExtrapolatedEuler(new InventoryOde(lot));
  const state = createState(lot);
  const scratch = new Float64Array(points);
  let interval = -1;
  let checkpoints: readonly Checkpoint[] = [];

  const row = (i: number) => grid.theta.subarray(i * points, (i + 1) * points);

  const enterInterval = (i: number): void => {
    readState(lot, model.T, row(i + 1), state);
    const visited = [checkpointOf(0, state)];
    integrator.restart();
    const arrived = integrator.advance(state, times[i + 1]! - times[i]!, (elapsed) => {
      visited.push(checkpointOf(elapsed, state));
    });
    if (!arrived) throw unreadable(times[i + 1]!, times[i]!);
    checkpoints = visited;
    interval = i;
  };

  const readTheta = (t: number, out: Float64Array): void => {
    if (!(t >= 0)) throw new SolveError(`quotes at t = ${t}: the time must be at least 0`);
    const i = t >= model.T ? intervals : intervalOf(times, t);
    if (t >= times[i]! && (i === intervals || t === times[i])) {
      out.set(row(i));
      return;
    }
    if (i !== interval) enterInterval(i);
    const elapsed = times[i + 1]! - t;
    const start = lastBefore(checkpoints, elapsed);
    state.D.set(start.D);
    state.level = start.level;
    state.levelError = 0;
    integrator.restart();
    if (!integrator.advance(state, elapsed - start.elapsed) || !writeTheta(lot, state, out)) {
      throw unreadable(times[i + 1]!, t);
    }
  };

  return {
    theta: readTheta,
    quotes(t, bid, ask) {
      readTheta(t, scratch);
      writeQuotes(lot, scratch, bid, ask);
    },
  };
}

function writeQuotes(lot: LotModel, theta: Float64Array, bid: Float64Array, ask: Float64Array): void {
  const top = 2 * lot.lots;
  bid[top] = Infinity;
  ask[0] = Infinity;
  for (let e = 0; e < top; e++) {
    const D = differenceAt(lot, theta, 0, e);
    bid[e] = optimalDistance(lot, D);
    ask[e + 1] = optimalDistance(lot, -D);
  }
}

function unreadable(from: number, to: number): SolveError {
  return new SolveError(
    `θ cannot be integrated from t = ${from} to ${to}: the grid's buffer was overwritten; solve it again`,
  );
}

function checkpointOf(elapsed: number, { D, level }: InventoryState): Checkpoint {
  return { elapsed, D: D.slice(), level };
}

/** i with times[i] <= t < times[i + 1] on the uniform grid; its rounding is undone by a step either way. */
export function intervalOf(times: Float64Array, t: number): number {
  const intervals = times.length - 1;
  let i = Math.min(intervals - 1, Math.floor((t / times[intervals]!) * intervals));
  while (i > 0 && times[i]! > t) i--;
  while (i < intervals - 1 && times[i + 1]! <= t) i++;
  return i;
}

/** The last checkpoint with elapsed <= the given time; the first one is at 0. */
export function lastBefore<C extends { readonly elapsed: number }>(checkpoints: readonly C[], elapsed: number): C {
  let low = 0;
  let high = checkpoints.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (checkpoints[middle]!.elapsed <= elapsed) low = middle;
    else high = middle - 1;
  }
  return checkpoints[low]!;
}
