import type { HjbGrid } from './hjb-grid.ts';
import { InventoryOde } from './inventory-ode.ts';
import { createLotModel, differenceAt, optimalDistance } from './lot-model.ts';
import { createQuoteReader, intervalOf } from './quotes.ts';
import { SolveError } from './solve-error.ts';

/**
 * Reads the optimal distances of bid and ask at a time t >= 0 and the lattice point nearest to an inventory, price units;
 * +Infinity where the inventory bound leaves no quote, undefined beyond the lattice. Times after T give those of T.
 */
export type SpreadReader = (t: number, q: number) => [bid: number, ask: number] | undefined;

/** Where interpolation is as good as this, in units of 1/k, it takes the place of integration. */
const TOLERANCE = 1e-9;
/** Next to a steep terminal cost the quotes move at any scale of time. */
const MOST_HALVINGS = 40;
/** Numbers that are kept before the oldest intervals are forgotten: 32 MB. */
const MOST_NUMBERS = 4e6;

/** Differences D of θ per unit over each edge of the lattice at a time, and their slopes dD/dt. */
interface Node {
  readonly t: number;
  readonly D: Float64Array;
  readonly slopes: Float64Array;
}

/** Nodes in the order of time, and whether the polynomial that ends at each of them is good. */
interface Pieces {
  readonly nodes: Node[];
  readonly isGood: boolean[];
}

/**
 * A reader of a solved grid for one point at a time. An interval of the grid is cut, when it is first asked for, by halving
 * until cubic Hermite polynomials of D, whose slopes the equation gives, are within TOLERANCE of its integration halfway
 * between their ends; from then on a question costs a search and two polynomials. Answers do not depend on earlier ones.
 * It throws SolveError where t is negative or not a number.
 */
export function createSpreadReader(grid: HjbGrid): SpreadReader {
  const { inventories, model, times } = grid;
  const lot = createLotModel(model);
  const edges = 2 * lot.lots;
  const reader = createQuoteReader(grid);
  const ode = new InventoryOde(lot);
  const theta = new Float64Array(inventories.length);
  const intervals = new Map<number, Pieces>();
  let kept = 0;

  const nodeAt = (t: number): Node => {
    reader.theta(t, theta);
    const D = Float64Array.from({ length: edges }, (_, e) => differenceAt(lot, theta, 0, e));
    const slopes = new Float64Array(edges);
    ode.evaluate(D, slopes);
    // The equation runs in the time to T.
    return { t, D, slopes: slopes.map((slope) => -slope) };
  };

  const cut = (start: Node, end: Node, halvings: number, pieces: Pieces): void => {
    const middle = nodeAt((start.t + end.t) / 2);
    const isBetween = middle.t > start.t && middle.t < end.t;
    const isSmooth = middle.D.every((D, e) => Math.abs(hermite(start, end, middle.t, e) - D) <= TOLERANCE / lot.k);
    if (isBetween && !isSmooth && halvings > 0) {
      cut(start, middle, halvings - 1, pieces);
      cut(middle, end, halvings - 1, pieces);
    } else {
      pieces.nodes.push(end);
      pieces.isGood.push(isSmooth);
    }
  };

  const piecesOf = (interval: number): Pieces => {
    const known = intervals.get(interval);
    if (known !== undefined) return known;
    const start = nodeAt(times[interval]!);
    const pieces = { nodes: [start], isGood: [true] };
    cut(start, nodeAt(times[interval + 1]!), MOST_HALVINGS, pieces);
    kept += 2 * edges * pieces.nodes.length;
    for (const [oldest, dropped] of intervals) {
      if (kept <= MOST_NUMBERS) break;
      intervals.delete(oldest);
      kept -= 2 * edges * dropped.nodes.length;
    }
    intervals.set(interval, pieces);
    return pieces;
  };

  return (t, q) => {
    if (!(t >= 0)) throw new SolveError(`quotes at t = ${t}: the time must be at least 0`);
    const edge = Math.round(q / model.order_size) + lot.lots;
    if (!(edge >= 0 && edge <= edges)) return undefined;
    const time = Math.min(t, model.T);
    const { nodes, isGood } = piecesOf(intervalOf(times, time));
    const after = firstAfter(nodes, time);
    const start = nodes[after - 1]!;
    const end = nodes[after]!;
    // At a node its own values stand, also where a slope is infinite.
    const exact = time === start.t ? start : time === end.t ? end : isGood[after] ? undefined : nodeAt(time);
    const at = (e: number): number => exact?.D[e] ?? hermite(start, end, time, e);
    return [
      edge < edges ? optimalDistance(lot, at(edge)) : Number.POSITIVE_INFINITY,
      edge > 0 ? optimalDistance(lot, -at(edge - 1)) : Number.POSITIVE_INFINITY,
    ];
  };
}

/** The cubic that has the values and slopes of two nodes, at a time between them. */
function hermite(start: Node, end: Node, t: number, edge: number): number {
  const h = end.t - start.t;
  const s = (t - start.t) / h;
  const rest = 1 - s;
  return (
    rest * rest * ((1 + 2 * s) * start.D[edge]! + s * h * start.slopes[edge]!) +
    s * s * ((1 + 2 * rest) * end.D[edge]! - rest * h * end.slopes[edge]!)
  );
}

/** The first node after the leading one whose time is at least t; the last one where there is none. */
function firstAfter(nodes: readonly Node[], t: number): number {
  let low = 1;
  let high = nodes.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nodes[middle]!.t >= t) high = middle;
    else low = middle + 1;
  }
  return low;
}
