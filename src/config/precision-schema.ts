import { z } from 'zod';
import type { Precision } from './experiment.ts';
import { hints, positive } from './fields.ts';
import { isMapping, valueAt } from './path.ts';
import type { Problem } from './problem.ts';
import { problem } from './rule-problem.ts';

/** Targets of which a file gives one. */
const TARGETS = ['se', 'rel', 'resolved'] as const;

/** The `precision:` section. */
export const precisionSchema = z
  .strictObject({
    metric: z
      .enum(['mean', 'difference'])
      .describe('whose error: each mean PnL, or each paired difference of two strategies of a scenario')
      .default('mean'),
    se: positive('the standard error to reach, in units of PnL').optional(),
    rel: positive('the standard error to reach as a share of the absolute value of the metric', 1).optional(),
    resolved: z
      .literal(true)
      .describe('with metric: difference, until every ranking is settled: each difference is told apart from 0')
      .register(hints, { cure: 'leave it out, or give se or rel' })
      .optional(),
    max_paths: z
      .int()
      .min(2)
      .max(1e9)
      .describe('paths for each strategy at which a scenario ends, target or not; default: 100 x paths')
      .optional(),
  })
  .describe('adds paths, from `paths` on, until every strategy of a scenario has the precision asked for');

/** What is wrong between the keys of a `precision:` section that is right by itself, and the rest of the document. */
export function precisionProblems(data: unknown): Problem[] {
  const section = valueAt(data, ['precision']);
  if (!isMapping(section)) return [];
  const problems: Problem[] = [];
  const given = TARGETS.filter((key) => section[key] !== undefined);
  if (given.length !== 1) {
    const got = given.length === 0 ? 'none' : given.join(' and ');
    problems.push(
      problem('precision', [], `one of ${TARGETS.join(', ')}`, got, 'for example {metric: mean, se: 0.01}'),
    );
  }
  if (section['resolved'] === true && section['metric'] !== 'difference') {
    const cure = 'a mean by itself has nothing to be told apart from; give se or rel, or metric: difference';
    problems.push(
      problem('precision.metric', ['precision'], 'difference with resolved', section['metric'] ?? 'mean', cure),
    );
  }
  const strategies = valueAt(data, ['strategies']);
  if (section['metric'] === 'difference' && Array.isArray(strategies) && strategies.length < 2) {
    const cure = 'one strategy has no difference';
    problems.push(problem('precision.metric', ['strategies'], 'mean with one strategy', 'difference', cure));
  }
  const [paths, most] = [valueAt(data, ['paths']) ?? 1000, section['max_paths']];
  if (typeof paths === 'number' && typeof most === 'number' && most < paths) {
    const cure = 'paths is where it begins, max_paths where it ends';
    problems.push(problem('precision.max_paths', ['paths'], `at least paths = ${paths}`, most, cure));
  }
  return problems;
}

/** The section with its defaults, for a scenario that begins with so many paths. */
export function resolvePrecision(
  { metric, se, rel, resolved, max_paths }: z.output<typeof precisionSchema>,
  paths: number,
): Precision {
  return {
    metric,
    ...(se === undefined ? {} : { se }),
    ...(rel === undefined ? {} : { rel }),
    ...(resolved === undefined ? {} : { resolved }),
    max_paths: max_paths ?? Math.min(100 * paths, 1e9),
  };
}
