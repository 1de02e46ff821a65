import type { Scenario } from '../../config/experiment.ts';
import type { QuoteRule } from '../../strategies/strategy.ts';
import { depthOf } from '../depth/index.ts';
import { latticeInventories, latticeOf } from '../lattice.ts';

/** Times at which the strategies' quotes are looked at, and inventories on each side of the first one at most. */
const TIMES = 33;
const LOTS = 200;
/** Shares of 1/k: orders come e³ = 20 times as often as A where quotes may go 3/k through the mid. */
const MOST = 3;
const UNKNOWN = 1;

/**
 * How far through the mid the simulation serves quotes ever faster, price units: as far as the scenario's rules quote, or
 * 1/k where quotes cannot be known beforehand. All strategies of a scenario share it, so that they meet the same market
 * orders. Infinity where the depth law does not grow through the mid.
 * @param rules those of the scenario's strategies that quote by time and inventory
 */
export function throughMidOf(scenario: Scenario, rules: readonly QuoteRule[]): number {
  const { simulator, strategies } = scenario;
  if (!depthOf(simulator.depth.type).growsThroughMid) return Number.POSITIVE_INFINITY;
  if (simulator.through_mid !== null) return simulator.through_mid;
  const unknown = rules.length < strategies.length || simulator.latency > 0 || simulator.tick !== null;
  const least = unknown ? UNKNOWN / simulator.k : 0;
  return Math.min(MOST / simulator.k, Math.max(least, ...rules.map((rule) => furthestThroughMid(scenario, rule))));
}

function furthestThroughMid({ simulator }: Scenario, rule: QuoteRule): number {
  const lattice = latticeOf(simulator, LOTS, 2 * LOTS + 1);
  const inventories = latticeInventories(lattice, simulator.order_size);
  const bid = new Float64Array(inventories.length);
  const ask = new Float64Array(inventories.length);
  let furthest = 0;
  for (let i = 0; i < (rule.timeDependent ? TIMES : 1); i++) {
    rule.fillRow((i / (TIMES - 1)) * simulator.T, inventories, bid, ask);
    for (let j = 0; j < inventories.length; j++) {
      // An ask at the least inventory or a bid at the greatest one is never quoted.
      if (j < inventories.length - 1) furthest = Math.max(furthest, -bid[j]!);
      if (j > 0) furthest = Math.max(furthest, -ask[j]!);
    }
  }
  return Number.isFinite(furthest) ? furthest : 0;
}
