import type { Choice } from '../aggregate/choice.ts';
import { csvTable } from './csv.ts';
import { sweepField } from './summary-csv.ts';

/**
 * choice.csv: `scenario`, a column for each swept path, `strategy`, `objective`, `se`, for each condition its metric's value under
 * its expression, `… limit` and `… status`, and `status` (chosen | contender | lower | unresolved | excluded); rows as in
 * summary.csv.
 * @throws RangeError if a figure is infinite
 */
export function choiceCsv({ rule, rows }: Choice, sweptPaths: readonly string[]): string {
  const conditions = rule.subjectTo.flatMap(({ expression }) => [
    expression,
    `${expression} limit`,
    `${expression} status`,
  ]);
  return csvTable(
    ['scenario', ...sweptPaths, 'strategy', 'objective', 'se', ...conditions, 'status'],
    rows.map(({ scenario, strategy, objective, se, conditions: results, status }) => [
      scenario.index,
      ...sweptPaths.map((path) => sweepField(scenario.point[path])),
      strategy,
      objective,
      se,
      ...results.flatMap((one) => [one.value, one.limit, one.status]),
      status,
    ]),
  );
}
