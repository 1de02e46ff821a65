import type { ModelParameters } from '../config/experiment.ts';
import type { Cell } from '../plan/plan.ts';
import { type HjbGrid, solveHjb } from '../solve/hjb-grid.ts';
import { type BoundShares, boundShares } from '../solve/quote-bounds.ts';
import { strategies } from '../strategies/index.ts';
import type { SteppedCell } from './block-request.ts';
import { keyFromSeed } from './random/seed-key.ts';
import { buildStepTable } from './stepped/step-table.ts';
import { timeStepsOf } from './stepped/time-steps.ts';

/** What was learnt while a cell was made ready; the report's warnings are made of it. */
export interface CellDiagnostics {
  /** Shares of the solved grid where a quote bound binds; undefined where the strategy asked for no grid. */
  readonly bounds: BoundShares | undefined;
  /** The largest λ dt of the strategy's quotes. */
  readonly maxIntensityStep: number;
}

export interface PreparedCell {
  readonly request: SteppedCell;
  readonly diagnostics: CellDiagnostics;
}

/** A grid and how often its bounds bind, kept for the next cell with the same model. */
interface SolvedModel {
  readonly grid: HjbGrid;
  readonly bounds: BoundShares;
}

/** Grids are dropped, oldest first, once they hold more than this together; a fine grid can take 100 MB. */
const CACHE_BYTES = 256 * 2 ** 20;

/** Solves each distinct model once. */
export class GridCache {
  readonly #solved = new Map<string, SolvedModel>();
  #bytes = 0;

  solve(model: ModelParameters): SolvedModel {
    const key = JSON.stringify(model);
    const known = this.#solved.get(key);
    if (known !== undefined) return known;
    const grid = solveHjb(model);
    const solved = { grid, bounds: boundShares(grid) };
    for (const [oldest, { grid: dropped }] of this.#solved) {
      if (this.#bytes + grid.buffer.byteLength <= CACHE_BYTES) break;
      this.#solved.delete(oldest);
      this.#bytes -= dropped.buffer.byteLength;
    }
    this.#solved.set(key, solved);
    this.#bytes += grid.buffer.byteLength;
    return solved;
  }
}

/** Turns a cell into what workers need. Throws SolveError where the model has no solution in floating point. */
export function prepareCell({ scenario, strategy }: Cell, grids: GridCache): PreparedCell {
  const { simulator, model, seed } = scenario;
  const definition = strategies.find(({ type }) => type === strategy.type);
  if (definition === undefined) throw new Error(`no strategy of type ${strategy.type}`);
  let bounds: BoundShares | undefined;
  const grid = (): HjbGrid => {
    const solved = grids.solve(model);
    bounds = solved.bounds;
    return solved.grid;
  };
  const table = buildStepTable(simulator, definition.createRule(strategy.params, { simulator, model, grid }));
  const { count, dt } = timeStepsOf(simulator);
  return {
    request: {
      scheme: 'stepped',
      key: keyFromSeed(seed),
      midprice: simulator.midprice.type,
      steps: count,
      dt,
      sigma: simulator.sigma,
      mu: simulator.mu,
      orderSize: simulator.order_size,
      startLots: table.lattice.start,
      reach: table.lattice.reach,
      bounded: table.lattice.bounded,
      rows: table.rows,
      thresholds: table.thresholds,
      bothFrom: table.bothFrom,
      gains: table.gains,
    },
    diagnostics: { bounds, maxIntensityStep: table.maxIntensityStep },
  };
}
