import type { ChoiceRule, Condition } from '../config/goals.ts';
import type { PlannedScenario } from '../plan/plan.ts';
import { intervalFactor } from './confidence-interval.ts';
import type { ScenarioResult, StrategyResult } from './results.ts';
import { figureInterval, figureOf, statusOf, type ThresholdStatus } from './thresholds.ts';

/** How a condition of the choice stands in one cell. */
export interface ConditionResult {
  readonly condition: Condition;
  readonly value: number;
  /** The one-sided confidence limit that has to meet the condition: the upper one for <=, the lower one for >=. */
  readonly limit: number;
  /** ok: the limit meets it; failed: the limit on the other side does not; unresolved: between, more paths would tell. */
  readonly status: ThresholdStatus;
}

/**
 * chosen: the best of those that qualify; contender: qualifies, and cannot be told from the chosen one; lower: qualifies, but is
 * behind; unresolved: a condition is; excluded: a condition fails, or the cell did.
 */
export type ChoiceStatus = 'chosen' | 'contender' | 'lower' | 'unresolved' | 'excluded';

export interface ChoiceRow {
  readonly scenario: PlannedScenario;
  readonly strategy: string;
  readonly objective: number;
  readonly se: number;
  readonly conditions: readonly ConditionResult[];
  readonly status: ChoiceStatus;
}

export interface Choice {
  readonly rule: ChoiceRule;
  /** Every cell, in the order of summary.csv. */
  readonly rows: readonly ChoiceRow[];
  /** Undefined where no cell qualifies. */
  readonly chosen: ChoiceRow | undefined;
  /** True where no other cell that qualifies can be told from the chosen one. */
  readonly resolved: boolean;
  /** True where the chosen one's conditions hold for the best of so many cells too: at confidence 1 − (1 − c)/cells (Bonferroni). */
  readonly holdsAmongAll: boolean;
}

interface Candidate {
  readonly result: ScenarioResult;
  readonly row: StrategyResult;
  readonly objective: number;
  readonly conditions: readonly ConditionResult[];
}

/**
 * Chooses the cell with the best objective of those whose conditions hold with the rule's confidence each. It counts as told
 * apart from another that qualifies where the difference of their objectives exceeds its error at confidence
 * 1 − (1 − c)/(m − 1), m cells qualifying, so that the true best is among chosen and contenders with confidence c. Within a
 * scenario the difference of means is paired; elsewhere the two errors are taken for independent, which common random numbers,
 * where they correlate the cells, make cautious.
 */
export function choose(rule: ChoiceRule, scenarios: readonly ScenarioResult[]): Choice {
  const candidates = scenarios.flatMap((result) =>
    result.strategies.map((row): Candidate => {
      const conditions = rule.subjectTo.map((condition) => conditionResult(row, condition, rule.confidence));
      return { result, row, objective: figureOf(row, rule.objective), conditions };
    }),
  );
  const qualifying = candidates.filter(
    ({ objective, conditions }) => !Number.isNaN(objective) && conditions.every(({ status }) => status === 'ok'),
  );
  const qualifies = new Set(qualifying);
  const sign = rule.sense === 'maximise' ? 1 : -1;
  const [best] = qualifying.toSorted((a, b) => sign * (b.objective - a.objective));
  const confidence = 1 - (2 * (1 - rule.confidence)) / Math.max(1, qualifying.length - 1);
  const statusOfCandidate = (candidate: Candidate): ChoiceStatus => {
    const { objective, conditions } = candidate;
    if (candidate === best) return 'chosen';
    if (best !== undefined && qualifies.has(candidate)) {
      return isBehind(best, candidate, rule, confidence) ? 'lower' : 'contender';
    }
    return Number.isNaN(objective) || conditions.some(({ status }) => status === 'failed') ? 'excluded' : 'unresolved';
  };
  const rows = candidates.map((candidate): ChoiceRow => {
    const { result, row, objective, conditions } = candidate;
    const se = errorOf(row, rule.objective);
    const status = statusOfCandidate(candidate);
    return { scenario: result.scenario, strategy: row.strategy, objective, se, conditions, status };
  });
  const strict = 1 - (1 - rule.confidence) / Math.max(1, candidates.length);
  return {
    rule,
    rows,
    chosen: rows.find(({ status }) => status === 'chosen'),
    resolved: best !== undefined && rows.every(({ status }) => status !== 'contender'),
    holdsAmongAll:
      best !== undefined &&
      rule.subjectTo.every((condition) => conditionResult(best.row, condition, strict).status === 'ok'),
  };
}

function conditionResult(row: StrategyResult, condition: Condition, confidence: number): ConditionResult {
  // The ends of a two-sided interval at 2c − 1 are one-sided limits at c.
  const interval = figureInterval(row, condition.metric, 2 * confidence - 1);
  const upper = condition.comparator === '<=' || condition.comparator === '<';
  return {
    condition,
    value: figureOf(row, condition.metric),
    limit: upper ? interval.high : interval.low,
    status: statusOf(interval, condition),
  };
}

function isBehind(best: Candidate, other: Candidate, rule: ChoiceRule, confidence: number): boolean {
  const paired =
    rule.objective === 'mean' && best.result === other.result
      ? best.result.comparisons.find(
          ({ strategy, baseline }) =>
            (strategy === best.row.strategy && baseline === other.row.strategy) ||
            (strategy === other.row.strategy && baseline === best.row.strategy),
        )
      : undefined;
  const difference = Math.abs(paired?.mean_difference ?? best.objective - other.objective);
  const se = paired?.se ?? Math.hypot(errorOf(best.row, rule.objective), errorOf(other.row, rule.objective));
  return difference > intervalFactor(degreesOf(best.row, other.row), confidence) * se;
}

/** 0 for a figure without a standard error, which is taken as known. */
function errorOf(row: StrategyResult, column: string): number {
  return row.state === 'done' ? (row.uncertainty?.errors.get(column) ?? 0) : Number.NaN;
}

function degreesOf(...rows: readonly StrategyResult[]): number {
  return Math.min(...rows.map((row) => (row.state === 'done' ? (row.uncertainty?.degrees ?? Infinity) : Infinity)));
}
