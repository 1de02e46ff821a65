import type { RunPlan } from '../plan/plan.ts';
import { workOfPath } from '../simulate/work-estimate.ts';
import { formatCount, formatDuration } from '../util/format.ts';

/** Seconds of processor time that a unit of `workOfPath` takes, by its order of magnitude; blocks are cut by the same. */
const SECONDS = 16e-9;
/** Seconds from which a run is long enough to say so. */
const LONG = 3600;

/** Steps of a plan, or expected market orders, of all paths that it begins with. */
export function workOfPlan({ cells }: RunPlan): number {
  return cells.reduce((sum, { scenario }) => sum + scenario.paths * workOfPath(scenario), 0);
}

/** What to say before a run that will take hours, as a slip of a digit makes one; undefined for others. */
export function longRunNote(plan: RunPlan, workers: number): string | undefined {
  const work = workOfPlan(plan);
  const threads = Math.max(1, workers);
  const seconds = (work * SECONDS) / threads;
  if (seconds < LONG) return undefined;
  return (
    `a long run: ${Number(work.toPrecision(2))} steps, market orders or jumps, by a rule of thumb ${formatDuration(seconds)} on ` +
    `${formatCount(threads)} ${threads === 1 ? 'thread' : 'threads'} (mm-batch plan measures it; Ctrl-C keeps what is simulated)`
  );
}
