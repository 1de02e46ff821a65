import type { Choice } from '../aggregate/choice.ts';
import type { RunResult } from '../aggregate/results.ts';

/** What became of thresholds and choice, for JSON documents; an undefined figure is null there. Empty where nothing is asked. */
export function goalDocuments({ thresholds, choice }: RunResult): object {
  return {
    ...(thresholds === undefined
      ? {}
      : {
          thresholds: thresholds.map(({ threshold, scenario, strategy, actual, se, low, high, status }) => ({
            expression: threshold.expression,
            scenario: scenario.index,
            point: scenario.point,
            strategy,
            actual,
            se,
            ci_low: low,
            ci_high: high,
            status,
          })),
        }),
    ...(choice === undefined ? {} : { choice: choiceDocument(choice) }),
  };
}

function choiceDocument({ rule, rows, resolved, holdsAmongAll }: Choice): object {
  const cells = rows.map(({ scenario, strategy, objective, se, conditions, status }) => ({
    scenario: scenario.index,
    point: scenario.point,
    strategy,
    objective,
    se,
    conditions: conditions.map(({ condition, ...result }) => ({ expression: condition.expression, ...result })),
    status,
  }));
  return {
    [rule.sense]: rule.objective,
    subject_to: rule.subjectTo.map(({ expression }) => expression),
    confidence: rule.confidence,
    chosen: cells.find(({ status }) => status === 'chosen') ?? null,
    contenders: cells.filter(({ status }) => status === 'contender'),
    qualifying: cells.filter(({ status }) => ['chosen', 'contender', 'lower'].includes(status)).length,
    unresolved: cells.filter(({ status }) => status === 'unresolved').length,
    excluded: cells.filter(({ status }) => status === 'excluded').length,
    resolved,
    holds_among_all: holdsAmongAll,
  };
}
