import type { Cell, PlannedScenario } from '../plan/plan.ts';
import { BufferPool } from './buffer-pool.ts';
import { GridCache, type SolvedModel } from './grid-cache.ts';
import { type PreparedCell, prepareCell } from './prepare-cell.ts';

/** Main thread → worker: make a cell ready. */
export interface PrepareCellRequest {
  readonly cell: Cell;
  /** The solved models that it reads. */
  readonly grids: readonly SolvedModel[];
  /** Shared memory that its tables may use. */
  readonly spares: readonly SharedArrayBuffer[];
}

/** Worker → main thread. */
export interface PreparedCellReply {
  readonly prepared: PreparedCell;
  /** Places in the request's spares of those that were not used. */
  readonly unused: readonly number[];
}

/** Scenarios that a thread has met; what is found out of a scenario is kept by its identity, which messages do not keep. */
const scenarios = new Map<string, PlannedScenario>();
const MOST_SCENARIOS = 16;

/** Grids of this thread: few, since those that cells share come with the requests. */
const cache = new GridCache(32 * 2 ** 20);

/** Makes a cell ready on the calling thread, in memory that other threads share. Throws as `prepareCell` does. */
export function prepareRequest({ cell, grids, spares }: PrepareCellRequest): PreparedCellReply {
  for (const solved of grids) cache.add(solved);
  const pool = new BufferPool(spares);
  const prepared = prepareCell({ ...cell, scenario: known(cell.scenario) }, cache, pool);
  return { prepared, unused: spares.flatMap((spare, i) => (pool.isFree(spare) ? [i] : [])) };
}

function known(scenario: PlannedScenario): PlannedScenario {
  const key = JSON.stringify(scenario);
  const met = scenarios.get(key);
  if (met !== undefined) return met;
  const [oldest] = scenarios.keys();
  if (scenarios.size >= MOST_SCENARIOS && oldest !== undefined) scenarios.delete(oldest);
  scenarios.set(key, scenario);
  return scenario;
}
