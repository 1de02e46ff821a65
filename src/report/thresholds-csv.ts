import type { ThresholdResult } from '../aggregate/thresholds.ts';
import { csvTable } from './csv.ts';
import { sweepField } from './summary-csv.ts';

/**
 * thresholds.csv: `expression`, `scenario`, a column for each swept path, `strategy`, `actual`, `se`, `ci_low`, `ci_high` (95 %),
 * `status` (ok | failed | unresolved); rows by threshold, then in the order of summary.csv.
 * @throws RangeError if a figure is infinite
 */
export function thresholdsCsv(rows: readonly ThresholdResult[], sweptPaths: readonly string[]): string {
  return csvTable(
    ['expression', 'scenario', ...sweptPaths, 'strategy', 'actual', 'se', 'ci_low', 'ci_high', 'status'],
    rows.map(({ threshold, scenario, strategy, actual, se, low, high, status }) => [
      threshold.expression,
      scenario.index,
      ...sweptPaths.map((path) => sweepField(scenario.point[path])),
      strategy,
      actual,
      se,
      low,
      high,
      status,
    ]),
  );
}
