import { attachHjbGrid, type HjbGrid } from '../../solve/hjb-grid.ts';
import type { Policy, PolicyFactory, PolicyParameters } from '../../strategies/custom/policy-api.ts';
import { pathPolicyOf } from '../../strategies/custom/policy-quotes.ts';
import { policyOf } from '../../strategies/index.ts';
import type { PathPolicy, PolicyRandom } from '../../strategies/policy.ts';
import type { StrategyContext } from '../../strategies/strategy.ts';
import { arrivalsOf } from '../arrivals/index.ts';
import type { OrderFlow } from '../arrivals/order-flow.ts';
import { CorrelatedNormals } from '../assets/correlated-normals.ts';
import type { WalkCell } from '../block-request.ts';
import type { Reach } from '../depth/depth-law.ts';
import { depthOf } from '../depth/index.ts';
import type { MidpriceProcess } from '../midprice/increments.ts';
import { midpriceOf } from '../midprice/index.ts';
import { NormalStream, type NumberStream, UniformStream } from '../random/path-stream.ts';
import { Role } from '../random/roles.ts';
import type { Key } from '../random/threefry.ts';
import { Account } from './account.ts';
import { Desk } from './desk.ts';
import { TabulatedPolicy } from './quote-table.ts';

/** Everything that walks along paths of one cell: the market's processes, the maker and its account. */
export class Walker {
  readonly cell: WalkCell;
  /** Time to the effect of quotes, at most T, beyond which nothing is met. */
  readonly latency: number;
  readonly desk: Desk;
  readonly account: Account;
  readonly reach: Reach;
  readonly process: MidpriceProcess;
  /** The market orders as they come, and the same ones again for looking ahead by the latency. */
  readonly orders: OrderFlow;
  readonly aheadOrders: OrderFlow;
  /** Order marks of `fill: linear`, which draws them by step. */
  readonly stepMarks: UniformStream;
  /** Quotes that were further through the mid than the simulation serves; their intensity is that of `-throughMid`. */
  saturated = 0;
  readonly #normals: NumberStream;
  readonly #chance: PolicyChance;

  constructor(cell: WalkCell, policy: PathPolicy, chance: PolicyChance) {
    const { market, key, ceiling } = cell;
    this.cell = cell;
    this.latency = Math.min(market.latency, market.T);
    this.desk = new Desk(policy, market.tick);
    this.account = new Account(market.order_size, market.maker_fee, market.impact, cell.limit);
    this.reach = depthOf(market.depth.type).createReach(market.depth.params, market);
    this.#normals = cell.drivers
      ? new CorrelatedNormals(cell.drivers)
      : new NormalStream(key, Role.price, Role.priceRejected);
    const context = { market, normals: this.#normals, key };
    this.process = midpriceOf(market.midprice.type).createProcess(market.midprice.params, context);
    const { createFlow } = arrivalsOf(market.arrivals.type);
    this.orders = createFlow(market.arrivals.params, market, ceiling, key);
    this.aheadOrders = createFlow(market.arrivals.params, market, ceiling, key);
    this.stepMarks = new UniformStream(key, Role.orderMark);
    this.#chance = chance;
  }

  start(path: number): void {
    const { antithetic, startLots } = this.cell;
    const stream = antithetic ? path >>> 1 : path;
    const reversed = antithetic && (path & 1) === 1;
    for (const each of [this.#normals, this.stepMarks, this.orders, this.aheadOrders, this.process, this.#chance]) {
      each.start(stream, reversed);
    }
    this.account.start(startLots);
    this.desk.start();
  }

  /** Whether the inventory bound leaves the maker a quote on a side: +1 for the bid, −1 for the ask. */
  mayTrade(direction: 1 | -1, lots: number): boolean {
    return direction * lots < this.cell.limit;
  }

  /** Λ at a quote's distance, as far through the mid as the simulation serves. */
  reachOf(distance: number): number {
    if (distance >= -this.cell.throughMid) return this.reach(distance);
    this.saturated++;
    return this.cell.ceiling;
  }
}

/** Makes the walker of one block on the thread that will run it; a policy may have to be loaded. */
export async function createWalker(cell: WalkCell): Promise<Walker> {
  const { market, strategy, quotes } = cell;
  const chance = new PolicyChance(cell.key);
  if (quotes !== undefined) return new Walker(cell, new TabulatedPolicy(quotes, market.order_size), chance);
  const definition = policyOf(strategy.type);
  if (definition === undefined) throw new Error(`no path-wise strategy of type ${strategy.type}`);
  return new Walker(cell, await definition.createPolicy(strategy.params, contextOf(cell), chance), chance);
}

/**
 * The same with a policy given in code; `cell.strategy` is not looked at.
 * @param params what the policy is given
 * @param grid solves the cell's model where the policy asks for it
 */
export function createPolicyWalker(
  cell: WalkCell,
  policy: Policy | PolicyFactory,
  params: PolicyParameters,
  grid: () => HjbGrid,
): Walker {
  const chance = new PolicyChance(cell.key);
  return new Walker(cell, pathPolicyOf(policy, params, { ...contextOf(cell), grid }, chance), chance);
}

/** The same with a path policy of the caller's own. */
export function createPathWalker(cell: WalkCell, policy: PathPolicy): Walker {
  return new Walker(cell, policy, new PolicyChance(cell.key));
}

function contextOf({ market, model, strategy, grid }: WalkCell): StrategyContext {
  return {
    simulator: market,
    model,
    limits: strategy.limits,
    source: strategy.source,
    grid: () => {
      if (grid === undefined) throw new Error(`strategy ${strategy.name} has no grid; give model.Q_max`);
      return attachHjbGrid(grid);
    },
  };
}

/** The random numbers that a policy may draw. */
class PolicyChance implements PolicyRandom {
  // Bound, since users take them out of their object.
  readonly uniform = (): number => this.#uniforms.next();
  readonly normal = (): number => this.#normals.next();
  readonly #uniforms: UniformStream;
  readonly #normals: NormalStream;

  constructor(key: Key) {
    this.#uniforms = new UniformStream(key, Role.policyUniform);
    this.#normals = new NormalStream(key, Role.policyNormal, Role.policyNormalRejected);
  }

  start(path: number, reversed: boolean): void {
    this.#uniforms.start(path, reversed);
    this.#normals.start(path, reversed);
  }
}
