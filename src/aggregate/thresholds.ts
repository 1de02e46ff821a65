import type { Condition, Threshold } from '../config/goals.ts';
import type { PlannedScenario } from '../plan/plan.ts';
import type { ScenarioResult, StrategyResult } from './results.ts';
import { type Interval, intervalOf } from './uncertainty.ts';

/** ok and failed: the whole 95 % interval is on one side of the limit; unresolved: it straddles the limit, or there is no figure. */
export type ThresholdStatus = 'ok' | 'failed' | 'unresolved';

/** What became of one condition in one cell. */
export interface ThresholdResult extends Interval {
  readonly threshold: Threshold;
  readonly scenario: PlannedScenario;
  readonly strategy: string;
  /** The figure, NaN where it is not defined or the cell failed. */
  readonly actual: number;
  /** Its standard error; NaN where it has none. */
  readonly se: number;
  readonly status: ThresholdStatus;
}

/** A column of a cell's row in summary.csv; NaN where it is not defined or the cell failed. */
export function figureOf(row: StrategyResult, column: string): number {
  if (row.state === 'failed') return Number.NaN;
  const columns: Readonly<Record<string, number>> = row.summary;
  return columns[column] ?? row.risk?.get(column) ?? Number.NaN;
}

/** Its interval at a confidence, two-sided; NaN where the figure is. */
export function figureInterval(row: StrategyResult, column: string, confidence: number): Interval {
  const value = figureOf(row, column);
  if (row.state === 'failed' || row.uncertainty === undefined) return { low: value, high: value };
  return intervalOf(value, column, row.uncertainty, confidence);
}

/** True where a value meets a condition; never for NaN. */
export function meets(value: number, { comparator, limit }: Condition): boolean {
  switch (comparator) {
    case '<=':
      return value <= limit;
    case '>=':
      return value >= limit;
    case '<':
      return value < limit;
    case '>':
      return value > limit;
  }
}

/** Whether a condition holds for all values of an interval (ok), for none (failed), or for some. */
export function statusOf({ low, high }: Interval, condition: Condition): ThresholdStatus {
  if (Number.isNaN(low) || Number.isNaN(high)) return 'unresolved';
  const [atLow, atHigh] = [meets(low, condition), meets(high, condition)];
  if (atLow !== atHigh) return 'unresolved';
  return atLow ? 'ok' : 'failed';
}

/** Checks each threshold in each scenario and strategy that it is of, in the order of the file, against 95 % intervals. */
export function checkThresholds(
  thresholds: readonly Threshold[],
  scenarios: readonly ScenarioResult[],
): ThresholdResult[] {
  return thresholds.flatMap((threshold) =>
    scenarios.flatMap(({ scenario, strategies }) =>
      strategies
        .filter(({ strategy }) => threshold.strategies?.includes(strategy) ?? true)
        .map((row): ThresholdResult => {
          const interval = figureInterval(row, threshold.metric, 0.95);
          const se = row.state === 'done' ? row.uncertainty?.errors.get(threshold.metric) : undefined;
          return {
            threshold,
            scenario,
            strategy: row.strategy,
            actual: figureOf(row, threshold.metric),
            se: se ?? Number.NaN,
            ...interval,
            status: statusOf(interval, threshold),
          };
        }),
    ),
  );
}
