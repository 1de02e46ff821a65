import type { z } from 'zod';
import { describeIssue, describeValue } from './issue-text.ts';
import { type Path, valueAt } from './path.ts';
import { expectedText, type Problem, problemAt } from './problem.ts';
import { objectSchemaOf, objectsByType, type Schema, schemaAt, unknownKeyText } from './schema-walk.ts';

type Issue = z.core.$ZodIssue;

/** What zod found, as problems with their cures. */
export function problemsOf(schema: Schema, data: unknown, issues: readonly Issue[]): Problem[] {
  const seen = new Set<string>();
  return issues
    .flatMap((issue) => problemsOfIssue(schema, data, issue, []))
    .filter(({ path }) => {
      const place = JSON.stringify(path);
      return !seen.has(place) && seen.add(place);
    });
}

function problemsOfIssue(root: Schema, data: unknown, issue: Issue, base: Path): Problem[] {
  const path = [...base, ...issue.path.filter((step) => typeof step !== 'symbol')];
  const got = valueAt(data, path);
  const schema = schemaAt(root, data, path);
  if (issue.code === 'unrecognized_keys') {
    const owner = schema && objectSchemaOf(schema, got);
    return issue.keys.map((key) => problemAt([...path, key], unknownKeyText(root, owner, key), 'key'));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const fitting = issue.errors.filter((branch) => !branch.some((nested) => isOfAnotherKind(nested, got)));
    const byType = schema && typeof got === 'string' ? objectsByType(schema) : undefined;
    if (byType !== undefined && byType.size > 0) return [problemAt(path, bareNameText(String(got), byType))];
    if (fitting[0] !== undefined) return fitting[0].flatMap((nested) => problemsOfIssue(root, data, nested, path));
  }
  return [problemAt(path, describeIssue(issue, got, schema))];
}

/** True where a union's branch failed because the value is of another type altogether. */
function isOfAnotherKind(issue: Issue, got: unknown): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_value') return !issue.values.some((value) => typeof value === typeof got);
  return issue.code === 'invalid_type' && !(issue.expected === 'int' && typeof got === 'number');
}

/** What to say of a bare name: there is no such thing, or it cannot do without parameters. */
function bareNameText(type: string, byType: ReadonlyMap<string, z.ZodObject>): string {
  const object = byType.get(type);
  if (object === undefined) {
    return describeIssue({ code: 'invalid_value', values: [...byType.keys()], path: [], message: '' }, type, undefined);
  }
  const missing = object.safeParse({ type }).error?.issues.map(({ path }) => `${String(path[0])}: …`) ?? [];
  return expectedText('a mapping', describeValue(type), `write {type: ${type}, ${[...new Set(missing)].join(', ')}}`);
}
