import { resolveDotted } from './dotted-path.ts';
import type { SweepPoint, SweepValue } from './experiment.ts';
import { describeValue } from './issue-text.ts';
import { type Path, printable, startsWith, valueAt } from './path.ts';
import { expectedText, type Problem, problemAt } from './problem.ts';
import type { Schema } from './schema-walk.ts';
import { type SweepCondition, sweepExclude } from './sweep-schema.ts';

/** True for the points that an entry of `exclude:` leaves out. */
export type Exclusion = (point: SweepPoint) => boolean;

interface SweptKey {
  readonly path: string;
  readonly target: Path;
}

/** Reads `sweep.exclude`; an entry that names a path which is not swept is a problem. */
export function readExclusions(
  root: Schema,
  data: unknown,
  keys: readonly SweptKey[],
): { readonly exclusions: readonly Exclusion[]; readonly problems: readonly Problem[] } {
  const parsed = sweepExclude.safeParse(valueAt(data, ['sweep', 'exclude']));
  const problems: Problem[] = [];
  const exclusions = (parsed.data ?? []).map((entry, i): Exclusion => {
    const conditions = Object.entries(entry).flatMap(([path, condition]) => {
      const found = resolveDotted(root, data, path);
      const key = found.ok ? keys.find(({ target }) => isSame(target, found.path)) : undefined;
      if (key !== undefined) return [{ path: key.path, fits: fitter(condition) }];
      const swept = printable(keys.map((one) => one.path).join(', '), 200);
      problems.push(problemAt(['sweep', 'exclude', i, path], `is not swept (swept: ${swept || 'nothing'})`, 'key'));
      return [];
    });
    return (point) => conditions.every(({ path, fits }) => fits(point[path] ?? null));
  });
  return { exclusions, problems };
}

function isSame(a: Path, b: Path): boolean {
  return startsWith(a, b) && startsWith(b, a);
}

function fitter(condition: SweepCondition): (value: SweepValue) => boolean {
  if (Array.isArray(condition)) return (value) => condition.some((one) => equal(one, value));
  if (typeof condition !== 'object' || condition === null) return (value) => equal(condition, value);
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = condition;
  return (value) =>
    typeof value === 'number' && ((value >= from && value <= to) || equal(value, from) || equal(value, to));
}

/** Numbers to a relative 1e-9, so that 0.3 finds the 0.30000000000000004 of a range. */
function equal(a: SweepValue, b: SweepValue): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return a === b || (Number.isFinite(a - b) && Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)));
}

/** What is wrong with exclusions in the light of the points: one that leaves out nothing, or all that leave nothing. */
export function exclusionProblems(exclusions: readonly Exclusion[], points: Iterable<SweepPoint>): readonly Problem[] {
  if (exclusions.length === 0) return [];
  const counts = exclusions.map(() => 0);
  let left = 0;
  let last: SweepPoint = {};
  for (const point of points) {
    let kept = true;
    exclusions.forEach((excludes, i) => {
      if (!excludes(point)) return;
      counts[i] = (counts[i] ?? 0) + 1;
      kept = false;
    });
    if (kept) left++;
    last = point;
  }
  const example = Object.entries(last).map(([path, value]) => `${path} = ${describeValue(value)}`);
  const cure = `a scenario is, for example, ${printable(example.join(', '), 200)}`;
  const useless = counts.flatMap((count, i) =>
    count > 0 ? [] : [problemAt(['sweep', 'exclude', i], `excludes no scenario (${cure})`)],
  );
  if (left > 0) return useless;
  return [
    ...useless,
    problemAt(['sweep', 'exclude'], expectedText('some scenarios to be left', 'all excluded'), 'key'),
  ];
}
