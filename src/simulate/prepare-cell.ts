import type { Cell, PlannedScenario } from '../plan/plan.ts';
import type { HjbGrid } from '../solve/hjb-grid.ts';
import type { BoundShares } from '../solve/quote-bounds.ts';
import { beliefOf } from '../strategies/belief.ts';
import { policyOf, strategies } from '../strategies/index.ts';
import type { QuoteRule } from '../strategies/strategy.ts';
import type { SimulatedCell } from './block-request.ts';
import { BufferPool } from './buffer-pool.ts';
import { buildEventTable } from './event/event-table.ts';
import { monitoringIntervals } from './event/monitoring.ts';
import type { GridCache } from './grid-cache.ts';
import type { ColumnChoice } from './path-columns.ts';
import { keyFromSeed } from './random/seed-key.ts';
import { buildStepTable } from './stepped/step-table.ts';
import { timeStepsOf } from '../plan/time-steps.ts';
import { prepareWalk, walkLattice } from './walk/prepare-walk.ts';
import { buildQuoteTable } from './walk/quote-table.ts';
import { throughMidOf } from './walk/through-mid.ts';

/** What was learnt while a cell was made ready; the report's warnings are made of it. */
export interface CellDiagnostics {
  /** Shares of the solved grid where a quote bound binds; undefined where the strategy asked for no grid. */
  readonly bounds: BoundShares | undefined;
  /** The largest λ dt by inventory (lots + reach); undefined in the event scheme, which has no step. */
  readonly intensitySteps: Float64Array | undefined;
}

export interface PreparedCell {
  readonly request: SimulatedCell;
  /** The shared memory of the request's table, if any, to be given back to the pool after the last block. */
  readonly table: SharedArrayBuffer | undefined;
  readonly columns: ColumnChoice;
  readonly diagnostics: CellDiagnostics;
}

/** Turns a cell into what workers need. Throws SolveError where the model has no solution in floating point. */
export function prepareCell(cell: Cell, grids: GridCache, pool = new BufferPool()): PreparedCell {
  const { scenario } = cell;
  const maker = makerOf(cell, grids);
  const tabulate = scenario.simulator.scheme === 'event' ? eventCell : steppedCell;
  const { request, table, intensitySteps } =
    scenario.pathwise || maker.rule === undefined
      ? walkedCell(cell, maker, grids, pool)
      : tabulate(cell, maker.rule, pool);
  return { request, table, columns: columnsOf(cell), diagnostics: { bounds: maker.bounds(), intensitySteps } };
}

interface CellMaker {
  readonly rule: QuoteRule | undefined;
  /** Undefined where a policy has no use for it. */
  readonly grid: HjbGrid | undefined;
  readonly bounds: () => BoundShares | undefined;
}

function makerOf(cell: Cell, grids: GridCache): CellMaker {
  const { scenario, strategy } = cell;
  const model = beliefOf(cell);
  let bounds: BoundShares | undefined;
  const grid = (): HjbGrid => {
    const solved = grids.solve(model);
    bounds = solved.bounds;
    return solved.grid;
  };
  const policy = policyOf(strategy.type);
  if (policy !== undefined) {
    const wanted = policy.usesGrid === true && model.Q_max !== null;
    return { rule: undefined, grid: wanted ? grid() : undefined, bounds: () => undefined };
  }
  const definition = strategies.find(({ type }) => type === strategy.type);
  if (definition === undefined) throw new Error(`no strategy of type ${strategy.type}`);
  const context = { simulator: scenario.simulator, model, limits: strategy.limits, grid };
  const rule = definition.createRule(strategy.params, context);
  return { rule, grid: undefined, bounds: () => bounds };
}

/** How far through the mid a scenario's quotes go; the same for all its cells. */
const throughMids = new WeakMap<PlannedScenario, number>();

function walkedCell(cell: Cell, maker: CellMaker, grids: GridCache, pool: BufferPool): TabulatedCell {
  const { scenario } = cell;
  let throughMid = throughMids.get(scenario);
  if (throughMid === undefined) {
    const rules = scenario.strategies
      .filter(({ type }) => policyOf(type) === undefined)
      .flatMap((strategy) => makerOf({ ...cell, strategy }, grids).rule ?? []);
    throughMid = throughMidOf(scenario, rules);
    throughMids.set(scenario, throughMid);
  }
  const { simulator } = scenario;
  const { rule } = maker;
  const quotes = rule === undefined ? undefined : buildQuoteTable(simulator, rule, walkLattice(simulator), pool);
  const request = { ...prepareWalk(cell, beliefOf(cell), throughMid), quotes, grid: maker.grid?.buffer };
  return { request, table: quotes?.buffer, intensitySteps: undefined };
}

/** The columns that a cell's paths have: a drawdown where PnL is monitored on the way, an estimator where asked for. */
export function columnsOf({ scenario: { simulator, variance_reduction } }: Pick<Cell, 'scenario'>): ColumnChoice {
  return {
    maxDrawdown: simulator.scheme === 'stepped' || simulator.drawdown_dt !== null,
    meanEstimator: variance_reduction === 'control',
  };
}

interface TabulatedCell {
  readonly request: SimulatedCell;
  readonly table: SharedArrayBuffer | undefined;
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
