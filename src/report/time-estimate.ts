import os from 'node:os';
import type { Cell, RunPlan } from '../plan/plan.ts';
import { GridCache } from '../simulate/grid-cache.ts';
import { type PreparedCell, prepareCell } from '../simulate/prepare-cell.ts';
import { allocatePathColumns } from '../simulate/results-buffer.ts';
import { simulateBlock } from '../simulate/simulate-block.ts';
import { workOfPath } from '../simulate/work-estimate.ts';

/** How long a run would take on this machine, from a few of its own cells, timed. */
export interface TimeEstimate {
  /** Of the whole run. */
  readonly seconds: number;
  /** Threads that it is for. */
  readonly threads: number;
  readonly timedCells: number;
  readonly timedPaths: number;
  /** What the timing took. */
  readonly timedSeconds: number;
  /** The first failure among the cells that were tried; `run` would report those cells as failed. */
  readonly failure: string | undefined;
}

/** Seconds that the timing may take, and those until it has timed enough cells to stand for all; a cell that is begun is finished. */
const BUDGET = 0.5;
const MOST_SECONDS = 2;
const ENOUGH_CELLS = 8;
/** Cells that are looked at, spread over the run. */
const MOST_CELLS = 24;
/** Seconds of paths that make a measurement, and the number that it begins with. */
const ENOUGH = 0.02;
const FEWEST = 8;

/** What was timed of one cell. */
export interface Timing {
  readonly strategy: string;
  /** Solving and tabulating, seconds. */
  readonly prepare: number;
  /** Seconds for one unit of `workOfPath`. */
  readonly perWork: number;
}

/**
 * Times a few cells spread over the plan, on the calling thread, and scales by paths and work to all cells. It leaves out what
 * the main thread does meanwhile and the start of the threads, and takes it that they do not disturb each other.
 */
export async function estimateTime(plan: RunPlan, workers: number): Promise<TimeEstimate> {
  const begun = performance.now();
  const elapsed = (): number => (performance.now() - begun) / 1000;
  const timings: Timing[] = [];
  let timedPaths = 0;
  let failure: string | undefined;
  const grids = new GridCache();
  const samples = spread(plan);
  // The first one warms up the compiler; it counts where nothing else could be timed in time.
  let warmUp: Timing | undefined;
  for (const [i, cell] of [...samples, ...samples.slice(0, 1)].entries()) {
    if (i > 0 && elapsed() > (timings.length < ENOUGH_CELLS ? MOST_SECONDS : BUDGET)) break;
    try {
      const start = performance.now();
      const prepared = prepareCell(cell, grids);
      const prepare = (performance.now() - start) / 1000;
      const { seconds, paths } = await timePaths(cell, prepared);
      timedPaths += paths;
      const perWork = seconds / (paths * workOfPath(cell.scenario));
      const timing = { strategy: cell.strategy.name, prepare, perWork };
      if (i === 0) warmUp = timing;
      else timings.push(timing);
    } catch (error) {
      failure ??= `${cell.strategy.name}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  if (timings.length === 0 && warmUp !== undefined) timings.push(warmUp);
  const threads = Math.max(1, Math.min(workers, os.availableParallelism()));
  const seconds = processorSeconds(plan, timings) / threads;
  return { seconds, threads, timedCells: timings.length, timedPaths, timedSeconds: elapsed(), failure };
}

/** Timings of some cells scaled to all of them, on one thread. */
export function processorSeconds({ cells }: RunPlan, timings: readonly Timing[]): number {
  return cells.reduce((sum, cell) => sum + cellSeconds(cell, timings), 0);
}

/** Cells of scenarios at equal distances, the strategies taking turns. */
function spread({ scenarios, cells }: RunPlan): Cell[] {
  const count = Math.min(MOST_CELLS, cells.length);
  const ofScenario = new Map<number, Cell[]>();
  for (const cell of cells) ofScenario.set(cell.scenario.index, [...(ofScenario.get(cell.scenario.index) ?? []), cell]);
  const chosen = Array.from({ length: count }, (_, i) => {
    const strategies = ofScenario.get(Math.floor((i * scenarios.length) / count)) ?? [];
    return strategies[i % strategies.length];
  });
  return [...new Set(chosen)].filter((cell) => cell !== undefined);
}

/** Simulates paths in growing numbers until they take long enough to be timed; the first ones warm up the compiler. */
async function timePaths(cell: Cell, prepared: PreparedCell): Promise<{ seconds: number; paths: number }> {
  const most = Math.min(cell.scenario.paths, 1 << 16);
  for (let paths = Math.min(FEWEST, most); ; paths = Math.min(4 * paths, most)) {
    const columns = allocatePathColumns(paths, prepared.columns);
    const start = performance.now();
    await simulateBlock({ cell: prepared.request, firstPath: 0, paths, columns });
    const seconds = (performance.now() - start) / 1000;
    if ((seconds >= ENOUGH && paths > FEWEST) || seconds > BUDGET || paths === most) return { seconds, paths };
  }
}

/**
 * By the timings of its strategy, or of all where that has none: the median preparation, whose cost differs between models, and the
 * fastest paths, since whatever else the machine did only slowed them down.
 */
function cellSeconds({ scenario, strategy }: Cell, timings: readonly Timing[]): number {
  const own = timings.filter((timing) => timing.strategy === strategy.name);
  const used = own.length > 0 ? own : timings;
  const prepare = used.map((timing) => timing.prepare).sort((a, b) => a - b)[used.length >> 1] ?? 0;
  const perWork = used.reduce((least, timing) => Math.min(least, timing.perWork), Number.POSITIVE_INFINITY);
  return used.length === 0 ? 0 : prepare + scenario.paths * workOfPath(scenario) * perWork;
}
