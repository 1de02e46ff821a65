import type { SimulatorParameters } from '../../src/config/experiment.ts';
import { simulateEventBlock } from '../../src/simulate/event/event-kernel.ts';
import { buildEventTable, type EventTable } from '../../src/simulate/event/event-table.ts';
import { monitoringIntervals } from '../../src/simulate/event/monitoring.ts';
import type { PathColumns } from '../../src/simulate/path-columns.ts';
import { keyFromSeed } from '../../src/simulate/random/seed-key.ts';
import { allocatePathColumns, viewPathColumns } from '../../src/simulate/results-buffer.ts';
import type { QuoteRule } from '../../src/strategies/strategy.ts';

/** A rule whose distances do not depend on the inventory. */
export function ruleOf(bidAt: (t: number) => number, askAt: (t: number) => number, timeDependent = false): QuoteRule {
  return {
    timeDependent,
    fillRow(t, _inventories, bid, ask) {
      bid.fill(bidAt(t));
      ask.fill(askAt(t));
    },
  };
}

/** Simulates any rule by the event kernel, without a model or a strategy, with the estimator column. */
export function simulateRule(
  simulator: SimulatorParameters,
  rule: QuoteRule,
  paths: number,
  seed: number | string = 42,
): { readonly table: EventTable; readonly columns: PathColumns } {
  const table = buildEventTable(simulator, rule);
  const { lattice, ...arrays } = table;
  const cell = {
    scheme: 'event' as const,
    key: keyFromSeed(seed),
    sigma: simulator.sigma,
    mu: simulator.mu,
    orderSize: simulator.order_size,
    antithetic: false,
    ...arrays,
    startLots: lattice.start,
    reach: lattice.reach,
    bounded: lattice.bounded,
    T: simulator.T,
    intervals: monitoringIntervals(simulator.T, simulator.drawdown_dt),
  };
  const columns = viewPathColumns(allocatePathColumns(paths, { maxDrawdown: false, meanEstimator: true }));
  simulateEventBlock(cell, 0, paths, columns);
  return { table, columns };
}

/** Mean of a column and the standard error of that mean. */
export function meanOf(column: ArrayLike<number>): { readonly mean: number; readonly se: number } {
  const n = column.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += column[i]! / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (column[i]! - mean) ** 2;
  return { mean, se: Math.sqrt(squares / (n - 1) / n) };
}

/** True where both hold the same numbers; a failed toEqual would print thousands of them. */
export function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.prototype.every.call(a, (x, i) => Object.is(x, b[i]));
}
