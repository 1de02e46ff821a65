import { z } from 'zod';
import { resolveDotted } from './dotted-path.ts';
import type { SweepAxis, SweepValue } from './experiment.ts';
import { MAX_SCENARIOS } from './fields.ts';
import { describeValue } from './issue-text.ts';
import { problemsOf } from './issues.ts';
import { isMapping, type Path, printable, startsWith, valueAt } from './path.ts';
import { expectedText, type Problem, problemAt } from './problem.ts';
import { sweepAxis, sweepRange } from './schema.ts';
import { type Schema, unwrap } from './schema-walk.ts';

/** An axis with the place that it sweeps and the places of its values in the file. */
export interface PlacedAxis extends SweepAxis {
  readonly target: Path;
  /** The node that the value at an index comes from. */
  readonly valuePath: (index: number) => Path;
}

/**
 * Expands `sweep:`. Each value is checked alone against the schema of the key that it is for; what values come to
 * together is checked scenario by scenario. An axis of the wrong shape is left out: the schema reports it.
 */
export function expandSweep(
  root: Schema,
  data: unknown,
): { axes: readonly PlacedAxis[]; problems: readonly Problem[] } {
  const sweep = valueAt(data, ['sweep']);
  const axes: PlacedAxis[] = [];
  const problems: Problem[] = [];
  for (const [path, given] of isMapping(sweep) ? Object.entries(sweep) : []) {
    const at = ['sweep', path];
    const parsed = sweepAxis.safeParse(given);
    if (!parsed.success) continue;
    const found = resolveDotted(root, data, path);
    const refusal = found.ok ? refusalOf(found.path, found.schema, axes) : found.text;
    if (!found.ok || refusal !== undefined) {
      problems.push({ ...problemAt(at, refusal ?? '', 'key') });
      continue;
    }
    const axis = { path, target: found.path, values: valuesOf(parsed.data), valuePath: placesOf(at, given) };
    axes.push(axis);
    problems.push(...valueProblems(axis, found.schema));
  }
  const count = axes.reduce((product, axis) => product * axis.values.length, 1);
  if (count > MAX_SCENARIOS) {
    const got = `${count} = ${axes.map((axis) => axis.values.length).join(' x ')}`;
    problems.push(
      problemAt(['sweep'], expectedText(`at most ${MAX_SCENARIOS} scenarios`, got, 'take fewer values'), 'key'),
    );
  }
  return { axes, problems };
}

/** Why a key cannot be swept. */
function refusalOf(path: Path, schema: Schema, axes: readonly PlacedAxis[]): string | undefined {
  const [top, , inner] = path;
  if (top === 'sweep' || top === 'name' || top === '$schema') return `cannot be swept (it belongs to the whole file)`;
  if (top === 'strategies' && (path.length < 3 || inner === 'type' || inner === 'name')) {
    return 'cannot be swept (sweep a parameter of a strategy, such as strategies.0.half_spread)';
  }
  if (unwrap(schema) instanceof z.ZodObject) return `is a section (sweep one of its keys, such as model.gamma)`;
  const other = axes.find(({ target }) => startsWith(target, path) || startsWith(path, target));
  return other && `sweeps the same key as ${printable(other.path, 60)} (keep one of them)`;
}

function valuesOf(axis: z.output<typeof sweepAxis>): readonly SweepValue[] {
  if (Array.isArray(axis)) return axis;
  const { from, to, steps } = axis;
  return Array.from({ length: steps }, (_, i) => (i === steps - 1 ? to : from + ((to - from) * i) / (steps - 1)));
}

function placesOf(at: Path, given: unknown): (index: number) => Path {
  const range = sweepRange.safeParse(given);
  if (!range.success) return (index) => [...at, index];
  const last = range.data.steps - 1;
  return (index) => [...at, index === 0 ? 'from' : index === last ? 'to' : 'steps'];
}

function valueProblems({ path, values, valuePath }: PlacedAxis, schema: Schema): Problem[] {
  const seen = new Set<SweepValue>();
  return values.flatMap((value, index) => {
    const key = printable(path, 60);
    const at = { path: valuePath(index), at: 'value', related: [], key } as const;
    if (seen.has(value)) {
      return [{ ...at, text: expectedText('values that differ', `${describeValue(value)} twice`, 'keep one of them') }];
    }
    seen.add(value);
    const checked = z.core.safeParse(schema, value);
    const problems = checked.success ? [] : problemsOf(schema, value, checked.error.issues);
    return problems.map(({ text }) => ({ ...at, text }));
  });
}
