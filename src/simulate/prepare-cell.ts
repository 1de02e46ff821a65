import type { Cell } from '../plan/plan.ts';
import { timeStepsOf } from '../plan/time-steps.ts';
import type { BoundShares } from '../solve/quote-bounds.ts';
import type { QuoteRule } from '../strategies/strategy.ts';
import { prepareWalkedCell } from './assets/prepare-assets.ts';
import type { SimulatedCell } from './block-request.ts';
import { BufferPool } from './buffer-pool.ts';
import { makerOf } from './cell-maker.ts';
import { buildEventTable } from './event/event-table.ts';
import { monitoringIntervals } from './event/monitoring.ts';
import type { GridCache } from './grid-cache.ts';
import type { ColumnChoice } from './path-columns.ts';
import { keyFromSeed } from './random/seed-key.ts';
import { buildStepTable } from './stepped/step-table.ts';

/** What was learnt while a cell was made ready; the report's warnings are made of it. */
export interface CellDiagnostics {
  /** For each asset, shares of the solved grid where a quote bound binds; undefined where the strategy asked for no grid. */
  readonly bounds: readonly (BoundShares | undefined)[];
  /** The largest λ dt by inventory (lots + reach); undefined in walks and in the event scheme, which has no step. */
  readonly intensitySteps: Float64Array | undefined;
}

export interface PreparedCell {
  readonly request: SimulatedCell;
  /** The shared memory of the request's tables, if any, to be given back to the pool after the last block. */
  readonly table: SharedArrayBuffer | undefined;
  readonly columns: ColumnChoice;
  readonly diagnostics: CellDiagnostics;
}

/** Turns a cell into what workers need. Throws SolveError where the model has no solution in floating point. */
export function prepareCell(cell: Cell, grids: GridCache, pool = new BufferPool()): PreparedCell {
  const { scenario } = cell;
  const { rule, bounds } = scenario.portfolio === undefined ? makerOf(cell, grids) : {};
  if (scenario.pathwise || rule === undefined || bounds === undefined) {
    const { bounds: shares, ...walk } = prepareWalkedCell(cell, grids, pool);
    return { ...walk, columns: columnsOf(cell), diagnostics: { bounds: shares, intensitySteps: undefined } };
  }
  const tabulate = scenario.simulator.scheme === 'event' ? eventCell : steppedCell;
  const { intensitySteps, ...tabulated } = tabulate(cell, rule, pool);
  return { ...tabulated, columns: columnsOf(cell), diagnostics: { bounds: [bounds()], intensitySteps } };
}

/** The columns that a cell's paths have: a drawdown where PnL is monitored on the way, an estimator where asked for. */
export function columnsOf({
  scenario: { simulator, variance_reduction, portfolio, risk },
}: Pick<Cell, 'scenario'>): ColumnChoice {
  return {
    maxDrawdown: simulator.scheme === 'stepped' || simulator.drawdown_dt !== null,
    meanEstimator: variance_reduction === 'control',
    fillGains: risk?.decompose,
    boundTime: risk?.bound_time,
    assets: portfolio?.assets.length,
  };
}

interface TabulatedCell {
  readonly request: SimulatedCell;
  readonly table: SharedArrayBuffer;
  readonly intensitySteps: Float64Array | undefined;
}

function commonOf({ scenario: { simulator, seed, variance_reduction } }: Cell) {
  return {
    key: keyFromSeed(seed),
    sigma: simulator.sigma,
    mu: simulator.mu,
    orderSize: simulator.order_size,
    antithetic: variance_reduction === 'antithetic',
  };
}

function steppedCell(cell: Cell, rule: QuoteRule, pool: BufferPool): TabulatedCell {
  const { simulator, variance_reduction } = cell.scenario;
  const { buffer, lattice, expectedGain, intensitySteps, ...table } = buildStepTable(simulator, rule, pool);
  const { count, dt } = timeStepsOf(simulator);
  const request = {
    scheme: 'stepped',
    ...commonOf(cell),
    ...table,
    startLots: lattice.start,
    reach: lattice.reach,
    bounded: lattice.bounded,
    midprice: simulator.midprice.type,
    steps: count,
    dt,
    expectedGain: variance_reduction === 'control' ? expectedGain : undefined,
  } as const;
  return { request, table: buffer, intensitySteps };
}

function eventCell(cell: Cell, rule: QuoteRule, pool: BufferPool): TabulatedCell {
  const { simulator, variance_reduction } = cell.scenario;
  const { buffer, lattice, compensator, ...table } = buildEventTable(simulator, rule, pool);
  const { T, drawdown_dt } = simulator;
  const request = {
    scheme: 'event',
    ...commonOf(cell),
    ...table,
    startLots: lattice.start,
    reach: lattice.reach,
    bounded: lattice.bounded,
    T,
    intervals: monitoringIntervals(T, drawdown_dt),
    compensator: variance_reduction === 'control' ? compensator : undefined,
  } as const;
  return { request, table: buffer, intensitySteps: undefined };
}
