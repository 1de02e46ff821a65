import type { Precision, Scenario } from '../config/experiment.ts';

/** What decides a scenario's numbers of paths. */
type PathsRule = Pick<Scenario, 'paths' | 'precision' | 'variance_reduction'>;

/** Paths of each strategy that a scenario may come to. */
export function mostPaths({ paths, precision }: PathsRule): number {
  return precision === undefined ? paths : Math.max(paths, precision.max_paths);
}

/**
 * The numbers of paths at which a scenario's precision is looked at: from `paths` on, each a quarter more than the one
 * before, up to the cap. A function of the configuration alone; one number where no precision is asked for.
 */
export function* stopPoints(rule: PathsRule): Generator<number> {
  const most = mostPaths(rule);
  // Antithetic pairs stay together.
  const even = rule.variance_reduction === 'antithetic';
  for (let at = rule.paths; at < most; ) {
    yield at;
    const next = at + Math.max(2, Math.floor(at / 4));
    at = even ? next + (next % 2) : next;
  }
  yield even ? most - (most % 2) : most;
}

/** How often at most the precision is looked at before the cap, which ends the scenario anyway. */
export function looks(rule: PathsRule): number {
  return [...stopPoints(rule)].length;
}

/** The target in words. */
export function targetText({ metric, se, rel, resolved }: Precision): string {
  const what = metric === 'mean' ? 'each mean' : 'each paired difference';
  if (resolved === true) return `${what} is told apart from 0`;
  return `${what} has a standard error of ${rel === undefined ? se : `${rel} of its absolute value`}`;
}
