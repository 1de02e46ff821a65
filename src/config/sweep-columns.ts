import type { SweepValue } from './experiment.ts';
import { isMapping, type Path, printable } from './path.ts';
import { expectedText, type Problem, problemAt } from './problem.ts';
import { labelled, type Mappings } from './sweep-mappings.ts';
import { sampleValues } from './sweep-sample.ts';
import { sweepAxis, sweepCases, sweepRange, sweepSample, sweepZip } from './sweep-schema.ts';
import { rangeValues } from './sweep-values.ts';

/** A swept path with one value a row of its factor, and where they stand in the file. */
export interface SweepColumn {
  readonly path: string;
  /** The node of the path itself. */
  readonly at: Path;
  readonly values: readonly SweepValue[];
  /** What the values that are texts of mappings stand for. */
  readonly mappings?: Mappings | undefined;
  /** The node that the value of a row comes from. */
  readonly valuePath: (row: number) => Path;
}

/** Columns of one length that change together, row by row: a plain axis, a zip group, the cases or the sample. */
export interface ColumnGroup {
  readonly kind: 'axis' | 'zip' | 'cases' | 'sample';
  readonly columns: readonly SweepColumn[];
}

/**
 * The factors of the product, in the order of the file. A part of the wrong shape is left out: the schema reports it.
 * Names and values are still unchecked.
 */
export function columnGroups(sweep: unknown): {
  readonly groups: readonly ColumnGroup[];
  readonly problems: readonly Problem[];
  /** False where something was left out. */
  readonly complete: boolean;
} {
  const groups: ColumnGroup[] = [];
  const problems: Problem[] = [];
  let complete = true;
  for (const [key, given] of isMapping(sweep) ? Object.entries(sweep) : []) {
    const before = groups.length;
    if (key === 'zip') zipGroups(given, groups, problems);
    else if (key === 'cases') caseGroup(given, groups, problems);
    else if (key === 'sample') sampleGroup(given, groups);
    else if (key !== 'exclude') {
      const column = axisColumn(key, ['sweep', key], given);
      if (column !== undefined) groups.push({ kind: 'axis', columns: [column] });
    }
    if (key !== 'exclude' && groups.length === before) complete = false;
  }
  return { groups, problems, complete };
}

function axisColumn(path: string, at: Path, given: unknown): SweepColumn | undefined {
  const parsed = sweepAxis.safeParse(given);
  if (!parsed.success) return undefined;
  if (Array.isArray(parsed.data)) return { path, at, ...labelled(parsed.data), valuePath: (row) => [...at, row] };
  const values = rangeValues(parsed.data);
  const count = sweepRange.safeParse(given).data?.step === undefined ? 'steps' : 'step';
  const last = values.length - 1;
  return { path, at, values, valuePath: (row) => [...at, row === 0 ? 'from' : row === last ? 'to' : count] };
}

function zipGroups(given: unknown, groups: ColumnGroup[], problems: Problem[]): void {
  if (!sweepZip.safeParse(given).success) return;
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  list.forEach((group, i) => {
    const base = Array.isArray(given) ? ['sweep', 'zip', i] : ['sweep', 'zip'];
    const columns = Object.entries(isMapping(group) ? group : {}).flatMap(
      ([path, axis]) => axisColumn(path, [...base, path], axis) ?? [],
    );
    const [first] = columns;
    const uneven = columns.find(({ values }) => values.length !== first?.values.length);
    if (first === undefined) problems.push(problemAt(base, expectedText('at least one path', 'an empty mapping')));
    else if (uneven === undefined) groups.push({ kind: 'zip', columns });
    else {
      const expected = `${first.values.length} values, as for ${printable(first.path, 60)}`;
      const cure = 'the keys of a zip group change together, value by value';
      problems.push(problemAt(uneven.at, expectedText(expected, `${uneven.values.length}`, cure), 'key'));
    }
  });
}

function caseGroup(given: unknown, groups: ColumnGroup[], problems: Problem[]): void {
  const parsed = sweepCases.safeParse(given);
  if (!parsed.success) return;
  const [first = {}, ...others] = parsed.data;
  const paths = Object.keys(first);
  if (paths.length === 0) problems.push(problemAt(['sweep', 'cases', 0], expectedText('a path', 'an empty mapping')));
  const cure = 'every case gives a value to the same paths';
  others.forEach((one, i) => {
    const at = ['sweep', 'cases', i + 1];
    const missing = paths.filter((path) => !Object.hasOwn(one, path));
    const extra = Object.keys(one).filter((path) => !Object.hasOwn(first, path));
    if (missing.length > 0) {
      problems.push(problemAt(at, expectedText(`a value of ${printable(missing.join(', '), 200)}`, 'none', cure)));
    }
    for (const path of extra) {
      problems.push(problemAt([...at, path], `the first case has no such path (${cure})`, 'key'));
    }
  });
  if (problems.some(({ path }) => path[1] === 'cases')) return;
  const columns = paths.map((path) => ({
    path,
    at: ['sweep', 'cases', 0, path],
    ...labelled(parsed.data.map((one) => one[path] ?? null)),
    valuePath: (row: number) => ['sweep', 'cases', row, path],
  }));
  groups.push({ kind: 'cases', columns });
}

function sampleGroup(given: unknown, groups: ColumnGroup[]): void {
  const parsed = sweepSample.safeParse(given);
  if (!parsed.success) return;
  const columns = [...sampleValues(parsed.data)].map(([path, values]) => {
    const at = ['sweep', 'sample', 'axes', path];
    return { path, at, ...labelled(values), valuePath: () => at };
  });
  groups.push({ kind: 'sample', columns });
}
