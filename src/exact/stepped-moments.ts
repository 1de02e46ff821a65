import type { SimulatorParameters } from '../config/experiment.ts';
import { BINOMIAL, momentState, ORDERS, recentre, Scalar, scalarAt } from './moment-state.ts';
import type { SteppedFills } from './stepped-fills.ts';

/**
 * The state of moments (moment-state.ts) at the end of the stepped scheme, by recursion over its steps: the sides fill
 * independently, then the mid moves against the new inventory. Undefined where more than `mostLost` leaves the lattice.
 */
export function steppedMoments(
  market: SimulatorParameters,
  steps: SteppedFills,
  mostLost: number,
): Float64Array | undefined {
  const { width, start } = steps.reader.lattice;
  let state: Float64Array = momentState(width, start);
  let next: Float64Array = new Float64Array(state.length);
  const price = priceMoments(market, steps);
  for (let n = 0; n < steps.count; n++) {
    steps.load(n);
    next.fill(0);
    for (let j = 0; j < width; j++) fillFrom(state, next, steps, j);
    const integralQ2 = movePrice(next, steps, price);
    addScalars(state, next, steps, integralQ2);
    recentre(next, width);
    if (next[scalarAt(width, Scalar.lost)]! > mostLost) return undefined;
    [state, next] = [next, state];
  }
  return state;
}

/** Spreads one inventory's moments over those that its fills lead to. */
function fillFrom(from: Float64Array, to: Float64Array, steps: SteppedFills, j: number): void {
  const { width } = steps.reader.lattice;
  const p = steps.bid[j]!;
  const r = steps.ask[j]!;
  const bidJump = steps.fills.bid.jump[j]!;
  const askJump = steps.fills.ask.jump[j]!;
  addShifted(from, to, width, j, j, (1 - p) * (1 - r), 0, 0);
  if (j + 1 < width) addShifted(from, to, width, j, j + 1, p * (1 - r), bidJump, 1);
  if (j > 0) addShifted(from, to, width, j, j - 1, r * (1 - p), askJump, 1);
  addShifted(from, to, width, j, j, p * r, bidJump + askJump + steps.bothJump, 2);
}

/** Adds `share` of the moments at `source`, PnL raised by `jump` and fills by `count`, to those at `target`. */
function addShifted(
  from: Float64Array,
  to: Float64Array,
  width: number,
  source: number,
  target: number,
  share: number,
  jump: number,
  count: number,
): void {
  if (share === 0) return;
  for (let j = 0; j < ORDERS; j++) {
    let sum = 0;
    for (let i = 0; i <= j; i++) sum = sum * jump + BINOMIAL[j]![i]! * from[i * width + source]!;
    to[j * width + target] = to[j * width + target]! + share * sum;
  }
  const p = from[source]!;
  const n1 = from[ORDERS * width + source]!;
  const n2 = from[(ORDERS + 1) * width + source]!;
  const first = ORDERS * width + target;
  to[first] = to[first]! + share * (n1 + count * p);
  to[first + width] = to[first + width]! + share * (n2 + count * (2 * n1 + count * p));
}

/** E[Dᵏ], k = 0 … 4, of the gain D of each inventory over a step: normal, or two points. Entry k·width + j. */
function priceMoments({ mu, sigma, midprice }: SimulatorParameters, steps: SteppedFills): Float64Array {
  const { inventories, width } = steps.reader.lattice;
  const fourth = midprice.type === 'binomial' ? 1 : 3;
  const out = new Float64Array(ORDERS * width);
  for (let j = 0; j < width; j++) {
    const a = mu * inventories[j]! * steps.dt;
    const v = sigma * inventories[j]! * (sigma * inventories[j]!) * steps.dt;
    const moments = [1, a, a * a + v, a * (a * a + 3 * v), a * a * (a * a + 6 * v) + fourth * v * v];
    moments.forEach((moment, k) => {
      out[k * width + j] = moment;
    });
  }
  return out;
}

/** Adds the price move to the moments in place; returns E[q² dt]. */
function movePrice(state: Float64Array, steps: SteppedFills, price: Float64Array): number {
  const { inventories, width } = steps.reader.lattice;
  let integral = 0;
  for (let q = 0; q < width; q++) {
    for (let j = ORDERS - 1; j > 0; j--) {
      let sum = 0;
      for (let i = 0; i <= j; i++) sum += BINOMIAL[j]![i]! * price[(j - i) * width + q]! * state[i * width + q]!;
      state[j * width + q] = sum;
    }
    integral += state[q]! * inventories[q]! * inventories[q]! * steps.dt;
  }
  return integral;
}

function addScalars(from: Float64Array, to: Float64Array, steps: SteppedFills, integralQ2: number): void {
  const { width, bounded } = steps.reader.lattice;
  const { fills, bid, ask } = steps;
  let spread = 0;
  for (let j = 0; j < width; j++) {
    spread += from[j]! * (bid[j]! * fills.bid.spread[j]! + ask[j]! * fills.ask.spread[j]!);
  }
  const top = width - 1;
  const lost = bounded ? 0 : from[top]! * bid[top]! * (1 - ask[top]!) + from[0]! * ask[0]! * (1 - bid[0]!);
  const additions = { mean: 0, spread, integralQ2, lost };
  for (const name of ['mean', 'spread', 'integralQ2', 'lost'] as const) {
    const at = scalarAt(width, Scalar[name]);
    to[at] = from[at]! + additions[name];
  }
}
