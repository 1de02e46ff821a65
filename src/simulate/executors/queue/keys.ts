/** Where what runs and workers share lies in Redis, and how long it lasts. All times in milliseconds. */

/** Everything is under it, the keys of BullMQ too. */
export const PREFIX = 'mm-batch';

/** Sorted sets of those who are there, as JSON, by the time at which they no longer count without another sign of life. */
export const RUNS = `${PREFIX}:runs`;
export const WORKERS = `${PREFIX}:workers`;

/** What a run is of, as JSON. A run's queue has the run's id as its name. */
export const offerKey = (run: string): string => `${PREFIX}:${run}:offer`;
/** Stream of answers that the run's coordinator has not read yet. */
export const answersKey = (run: string): string => `${PREFIX}:${run}:answers`;

/** There while someone removes what is left of a run, for so long at most. */
export const removerKey = (run: string): string => `${PREFIX}:${run}:remover`;
export const REMOVAL_TIME = 10_000;

/** Between two signs of life of a worker, and how long one lasts. */
export const WORKER_BEAT = 500;
export const WORKER_LIFE = 6000;

/** The same of a run. Long, since a coordinator that sorts a large scenario says nothing meanwhile. */
export const RUN_BEAT = 1000;
export const RUN_LIFE = 60_000;

/** A worker that has not renewed its hold on a block for so long has lost it. */
export const LOCK = 4000;
/** Between two searches for blocks that are held by nobody. */
export const STALLED_CHECK = 1000;

/** Ranges that a worker holds at a time: one is simulated while the other is folded. */
export const RANGES_HELD = 2;
