import { z } from 'zod';
import { didYouMean } from '../util/did-you-mean.ts';
import { namesOf, type Resolved, resolveDotted } from './dotted-path.ts';
import type { SweepAxis, SweepPoint, SweepValue } from './experiment.ts';
import { MAX_CELLS } from './fields.ts';
import { describeValue } from './issue-text.ts';
import { problemsOf } from './issues.ts';
import { isMapping, type Path, printable, startsWith, valueAt } from './path.ts';
import { expectedText, type Problem, problemAt } from './problem.ts';
import { type Schema, unwrap } from './schema-walk.ts';
import { type ColumnGroup, columnGroups, type SweepColumn } from './sweep-columns.ts';
import { exclusionProblems, readExclusions } from './sweep-exclude.ts';
import { meantBy } from './sweep-mappings.ts';
import { SWEEP_KEYS } from './sweep-paths.ts';

/** A swept path with the place that it stands for. */
export interface PlacedColumn extends SweepColumn {
  readonly kind: ColumnGroup['kind'];
  readonly target: Path;
}

/** `sweep:`, expanded and checked. */
export interface ExpandedSweep {
  /** In the order of the file. */
  readonly columns: readonly PlacedColumn[];
  readonly problems: readonly Problem[];
  /** The scenarios' points: the product of all groups, the last one varying fastest, less what is excluded. */
  points(): Generator<SweepPoint>;
  /** The node that gives a path its value at a point. */
  placeOf(column: PlacedColumn, point: SweepPoint): Path;
}

type Group = readonly PlacedColumn[];

const OF_THE_WHOLE_FILE = ['sweep', 'name', '$schema', 'risk', 'thresholds', 'choose'];

/**
 * Expands `sweep:`. Each value is checked alone against the schema of the key that it is for; what values come to
 * together is checked scenario by scenario.
 */
export function expandSweep(root: Schema, data: unknown): ExpandedSweep {
  const sweep = valueAt(data, ['sweep']);
  const found = columnGroups(sweep);
  const known = new Map<string, Resolved>();
  const resolve = (path: string): Resolved => {
    const resolved = known.get(path) ?? resolveDotted(root, data, path);
    known.set(path, resolved);
    return resolved;
  };
  const problems = [...unknownKeys(sweep, resolve), ...found.problems];
  const groups: Group[] = [];
  const swept: PlacedColumn[] = [];
  for (const { kind, columns } of found.groups) {
    const placed: PlacedColumn[] = [];
    for (const column of columns) {
      const resolved = resolve(column.path);
      const refusal = resolved.ok ? refusalOf(resolved.path, resolved.schema, swept) : resolved.text;
      if (resolved.ok && refusal === undefined) {
        const one = { ...column, kind, target: resolved.path };
        placed.push(one);
        swept.push(one);
        problems.push(...valueProblems(column, kind, resolved.schema));
      } else if (resolved.ok || kind !== 'axis') problems.push(problemAt(column.at, refusal ?? '', 'key'));
    }
    if (placed.length === columns.length) groups.push(placed);
    if (kind === 'cases' || kind === 'zip') problems.push(...repeatedRows(kind, columns));
  }
  const columns = groups.flat();
  const tooMany = countProblems(groups, data);
  const { exclusions, problems: exclusionFlaws } = readExclusions(root, data, columns);
  const points = function* (): Generator<SweepPoint> {
    for (const point of product(groups)) if (!exclusions.some((excludes) => excludes(point))) yield point;
  };
  problems.push(...tooMany);
  // A path that an exclusion names may be swept by what is wrong.
  if (problems.length === 0 && found.complete) problems.push(...exclusionFlaws);
  if (problems.length === 0) problems.push(...exclusionProblems(exclusions, product(groups)));
  return { columns, problems, points, placeOf: (column, point) => placeIn(groups, column, point) };
}

/** Each path's distinct values, in the order in which they come. */
export function axesOf(columns: readonly PlacedColumn[]): SweepAxis[] {
  return columns.map(({ path, values }) => ({ path, values: [...new Set(values)] }));
}

function* product(groups: readonly Group[]): Generator<SweepPoint> {
  const rows = groups.map((group) => group[0]?.values.length ?? 1);
  const total = rows.reduce((count, length) => count * length, 1);
  for (let index = 0; index < total; index++) {
    let rest = index;
    const row = rows.map(() => 0);
    for (let g = groups.length - 1; g >= 0; g--) {
      row[g] = rest % rows[g]!;
      rest = Math.floor(rest / rows[g]!);
    }
    yield Object.fromEntries(
      groups.flatMap((group, g) => group.map(({ path, values }) => [path, values[row[g]!]!] as const)),
    );
  }
}

function placeIn(groups: readonly Group[], column: PlacedColumn, point: SweepPoint): Path {
  const group = groups.find((one) => one.includes(column)) ?? [column];
  const given = group.filter(({ path }) => Object.hasOwn(point, path));
  const row = column.values.findIndex((_, i) => given.every(({ path, values }) => values[i] === point[path]));
  return row < 0 ? column.at : column.valuePath(row);
}

/** Keys of the wrong name, whatever they hold. */
function unknownKeys(sweep: unknown, resolve: (path: string) => Resolved): Problem[] {
  return Object.keys(isMapping(sweep) ? sweep : {}).flatMap((key) => {
    if (SWEEP_KEYS.some((known) => known === key)) return [];
    const found = resolve(key);
    if (found.ok) return [];
    const near = key.includes('.') ? undefined : didYouMean(key, SWEEP_KEYS);
    const text = near === undefined ? found.text : `unknown key; did you mean "${near}"?`;
    return [problemAt(['sweep', key], text, 'key')];
  });
}

/** Why a key cannot be swept. */
function refusalOf(path: Path, schema: Schema, others: readonly PlacedColumn[]): string | undefined {
  const [top, , inner] = path;
  if (OF_THE_WHOLE_FILE.some((key) => key === top)) return `cannot be swept (it belongs to the whole file)`;
  if (top === 'strategies' && (path.length < 3 || inner === 'type' || inner === 'name')) {
    return 'cannot be swept (sweep a parameter of a strategy, such as strategies.0.half_spread)';
  }
  if (top === 'assets' && inner === 'name') return 'cannot be swept (it names columns)';
  if (unwrap(schema) instanceof z.ZodObject) return `is a section (sweep one of its keys, such as model.gamma)`;
  const other = others.find(({ target }) => startsWith(target, path) || startsWith(path, target));
  return other && `sweeps the same key as ${printable(other.path, 60)} (keep one of them)`;
}

function countProblems(groups: readonly Group[], data: unknown): Problem[] {
  const lengths = groups.map((group) => group[0]?.values.length ?? 1);
  const scenarios = lengths.reduce((count, length) => count * length, 1);
  const list = valueAt(data, ['strategies']);
  const strategies = Array.isArray(list) ? namesOf(list).length : 1;
  if (scenarios * strategies <= MAX_CELLS) return [];
  const factors = lengths.length > 1 ? ` = ${lengths.join(' x ')}` : '';
  const got = `${scenarios * strategies} (${scenarios}${factors} scenarios x ${strategies} strategies)`;
  const cure = 'take fewer values, or a sample: of so many points';
  return [problemAt(['sweep'], expectedText(`at most ${MAX_CELLS} cells`, got, cure), 'key')];
}

function valueProblems(column: SweepColumn, kind: ColumnGroup['kind'], schema: Schema): Problem[] {
  const { path, values, mappings, valuePath } = column;
  const seen = new Set<SweepValue>();
  const problems: Problem[] = [];
  for (const [row, value] of values.entries()) {
    const at = { path: valuePath(row), at: 'value', related: [], key: printable(path, 60) } as const;
    if (seen.has(value)) {
      if (kind !== 'axis') continue;
      const text = expectedText('values that differ', `${describeValue(value)} twice`, 'keep one of them');
      problems.push({ ...at, text });
      continue;
    }
    seen.add(value);
    const meant = meantBy(value, mappings);
    const checked = z.core.safeParse(schema, meant);
    const wrong = checked.success ? [] : problemsOf(schema, meant, checked.error.issues);
    for (const { path: inner, text } of wrong) {
      problems.push({ ...at, path: [...at.path, ...inner], key: printable([path, ...inner].join('.'), 60), text });
    }
    // All points of a sample come from one line of the file.
    if (kind === 'sample' && wrong.length > 0) break;
  }
  return problems;
}

function repeatedRows(kind: 'cases' | 'zip', columns: readonly SweepColumn[]): Problem[] {
  const seen = new Map<string, number>();
  const [first] = columns;
  return (first?.values ?? []).flatMap((_, row) => {
    const key = JSON.stringify(columns.map(({ values }) => values[row]));
    const earlier = seen.get(key);
    if (earlier === undefined) {
      seen.set(key, row);
      return [];
    }
    const at = kind === 'cases' ? ['sweep', 'cases', row] : (first?.valuePath(row) ?? []);
    const what = kind === 'cases' ? 'case' : 'row of the zip group';
    return [problemAt(at, `the same ${what} as number ${earlier + 1} (keep one of them)`)];
  });
}
