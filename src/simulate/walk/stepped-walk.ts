import { arrivalsOf } from '../arrivals/index.ts';
import { timeStepsOf } from '../../plan/time-steps.ts';
import { QuoteQueue } from './desk.ts';
import type { Recorder } from './recorder.ts';
import type { Walker } from './walker.ts';

const prices = new Float64Array(2);

/**
 * The stepped scheme along one path: at step i quotes are taken at (t_i, q_i, S_i), as they were `latency` ago (in whole
 * steps) where there is one; each side fills at most once, and then the mid moves. With `fill: poisson` a side fills where a
 * market order of the step reaches its quote, with probability 1 − e^(−λ dt); with `linear` with probability min(1, λ dt).
 */
export function walkSteps(walker: Walker, recorder?: Recorder): void {
  const { desk, account, process } = walker;
  const { market } = walker.cell;
  const { count, dt } = timeStepsOf(market);
  const delay = Math.ceil((market.latency / dt) * (1 - 1e-9));
  const queue = delay > 0 ? new QuoteQueue() : undefined;
  const fillsOf = market.fill === 'linear' ? linearFills(walker, dt) : orderFills(walker);
  let S = market.S0;
  walker.orders.advance();
  for (let i = 0; i < count; i++) {
    desk.quote(i * dt, account.inventory, S);
    let bid = desk.distances[0]!;
    let ask = desk.distances[1]!;
    if (queue !== undefined) {
      // The quotes of time 0 are in place until others arrive.
      for (let copies = i === 0 ? delay + 1 : 1; copies > 0; copies--) queue.push(S - bid, S + ask);
      queue.shift(prices);
      bid = S - prices[0]!;
      ask = prices[1]! - S;
    }
    const fills = fillsOf(i, (i + 1) * dt, bid, ask);
    recorder?.record(
      i * dt,
      S,
      S - bid,
      S + ask,
      account.inventory,
      account.pnl,
      fills === 2 ? -1 : fills === 3 ? 2 : fills,
    );
    let impact = 0;
    if ((fills & 1) !== 0) impact += account.fill(1, bid);
    // The ask stays at its price where the bid's fill has moved the mid.
    if ((fills & 2) !== 0) impact += account.fill(-1, ask - impact);
    S += impact;
    const moved = process.advance(S, dt);
    account.move(moved - S, dt);
    S = moved;
    account.monitor();
  }
  recorder?.record(market.T, S, Number.NaN, Number.NaN, account.inventory, account.pnl, 0);
}

/** Tells which sides fill in step i, which ends at `end`: bit 0 the bid, bit 1 the ask. */
type StepFills = (i: number, end: number, bid: number, ask: number) => number;

/** Fills by the market orders themselves. */
function orderFills(walker: Walker): StepFills {
  const { orders, account } = walker;
  return (_i, end, bid, ask) => {
    if (orders.time > end) return 0;
    const bidReach = walker.mayTrade(1, account.lots) ? walker.reachOf(bid) : 0;
    const askReach = walker.mayTrade(-1, account.lots) ? walker.reachOf(ask) : 0;
    let fills = 0;
    for (; orders.time <= end; orders.advance()) {
      if (orders.side === 0 ? orders.mark < bidReach : orders.mark < askReach) fills |= 1 << orders.side;
    }
    return fills;
  };
}

/** Fills with probability λ dt, λ at the step's start. */
function linearFills(walker: Walker, dt: number): StepFills {
  const { stepMarks, account, cell } = walker;
  const { arrivals } = cell.market;
  const { rate } = arrivalsOf(arrivals.type);
  if (rate === undefined) throw new Error(`fill: linear needs arrivals with a known rate, got ${arrivals.type}`);
  return (i, _end, bid, ask) => {
    const orders = rate(arrivals.params, cell.market, i * dt) * dt;
    const bidFills = stepMarks.next() < orders * walker.reach(bid) && walker.mayTrade(1, account.lots);
    const askFills = stepMarks.next() < orders * walker.reach(ask) && walker.mayTrade(-1, account.lots);
    return (bidFills ? 1 : 0) | (askFills ? 2 : 0);
  };
}
