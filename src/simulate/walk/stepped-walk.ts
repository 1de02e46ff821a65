import { timeStepsOf } from '../../plan/time-steps.ts';
import { arrivalsOf } from '../arrivals/index.ts';
import { QuoteQueue } from './desk.ts';
import type { Recorder } from './recorder.ts';
import type { Walker } from './walker.ts';
import type { Watcher } from './watcher.ts';

/**
 * The stepped scheme along one path: at step i quotes are taken at (t_i, q_i, S_i), as they were `latency` ago (in whole
 * steps) where there is one; each side fills at most once, and then the mid moves. With `fill: poisson` a side fills where a
 * market order of the step reaches its quote, with probability 1 − e^(−λ dt); with `linear` with probability min(1, λ dt).
 */
export function walkSteps(walker: Walker, recorder?: Recorder): void {
  const path = new SteppedPath(walker, recorder);
  path.start();
  while (path.step < path.steps) path.advance();
  recorder?.record(
    walker.cell.market.T,
    path.mid,
    Number.NaN,
    Number.NaN,
    walker.account.inventory,
    walker.account.pnl,
    0,
  );
}

/** The same for several assets at once: all quotes of a step are taken before any of its market orders comes. */
export function walkSteppedPaths(paths: readonly SteppedPath[], watcher: Watcher): void {
  const steps = paths[0]?.steps ?? 0;
  for (const path of paths) path.start();
  for (let step = 0; step < steps; step++) {
    for (const path of paths) path.quote();
    for (const path of paths) path.trade();
    for (const path of paths) path.pass();
    watcher.monitor();
  }
}

/** The same step by step, for one who decides between the steps. The walker is started by the caller, before `start`. */
export class SteppedPath {
  /** Steps of a path, and their length. */
  readonly steps: number;
  readonly dt: number;
  /** Steps taken. */
  step = 0;
  mid = 0;
  readonly #walker: Walker;
  readonly #recorder: Recorder | undefined;
  readonly #watcher: Watcher | undefined;
  readonly #delay: number;
  readonly #queue: QuoteQueue | undefined;
  readonly #fillsOf: StepFills;
  readonly #prices = new Float64Array(2);
  /** Distances of the quotes of the step. */
  #bid = 0;
  #ask = 0;

  constructor(walker: Walker, recorder?: Recorder, watcher?: Watcher) {
    const { market } = walker.cell;
    const { count, dt } = timeStepsOf(market);
    this.steps = count;
    this.dt = dt;
    this.#walker = walker;
    this.#recorder = recorder;
    this.#watcher = watcher;
    this.#delay = Math.ceil((walker.latency / dt) * (1 - 1e-9));
    this.#queue = this.#delay > 0 ? new QuoteQueue() : undefined;
    this.#fillsOf = market.fill === 'linear' ? linearFills(walker, dt) : orderFills(walker);
  }

  start(): void {
    this.step = 0;
    this.mid = this.#walker.cell.market.S0;
    this.#queue?.clear();
    this.#walker.orders.advance();
  }

  /** Takes one step. */
  advance(): void {
    this.quote();
    this.trade();
    this.pass();
  }

  /** First part of a step: the maker quotes. */
  quote(): void {
    const { desk, account } = this.#walker;
    const { mid } = this;
    desk.quote(this.step * this.dt, account.inventory, mid);
    this.#bid = desk.distances[0]!;
    this.#ask = desk.distances[1]!;
    if (this.#queue === undefined) return;
    // The quotes of time 0 are in place until others arrive.
    for (let copies = this.step === 0 ? this.#delay + 1 : 1; copies > 0; copies--) {
      this.#queue.push(mid - this.#bid, mid + this.#ask);
    }
    this.#queue.shift(this.#prices);
    this.#bid = mid - this.#prices[0]!;
    this.#ask = this.#prices[1]! - mid;
  }

  /** Second part: the quotes meet the step's market orders. */
  trade(): void {
    const { account } = this.#walker;
    const { dt, step, mid } = this;
    const bid = this.#bid;
    const ask = this.#ask;
    const fills = this.#fillsOf(step, (step + 1) * dt, bid, ask);
    const fill = fills === 2 ? -1 : fills === 3 ? 2 : fills;
    this.#recorder?.record(step * dt, mid, mid - bid, mid + ask, account.inventory, account.pnl, fill);
    let impact = 0;
    if ((fills & 1) !== 0) {
      impact += account.fill(1, bid);
      this.#watcher?.traded();
    }
    if ((fills & 2) !== 0) {
      // The ask stays at its price where the bid's fill has moved the mid.
      impact += account.fill(-1, ask - impact);
      this.#watcher?.traded();
    }
    this.mid += impact;
  }

  /** Last part: the mid moves by its law. */
  pass(): void {
    const { account, process } = this.#walker;
    const moved = process.advance(this.mid, this.dt);
    account.move(moved - this.mid, this.dt);
    this.mid = moved;
    account.monitor();
    this.step++;
  }
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
