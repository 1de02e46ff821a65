import type { Choice, ChoiceRow } from '../aggregate/choice.ts';
import type { RunResult } from '../aggregate/results.ts';
import type { ThresholdResult } from '../aggregate/thresholds.ts';
import { formatCount, formatEstimate } from '../util/format.ts';

/** Lines of one kind that a terminal can take in; the rest is in the CSV. */
const MAX_LINES = 20;

/** What a run says at its end of its thresholds and its choice; empty where nothing is asked. */
export function goalLines({ plan, thresholds, choice }: RunResult): string[] {
  const several = plan.scenarios.length > 1;
  return [
    ...(thresholds === undefined ? [] : thresholdLines(thresholds, several)),
    ...(choice === undefined ? [] : choiceLines(choice, several)),
  ];
}

/** "strategy" or, of several scenarios, "strategy in scenario 3 (model.gamma 0.1)". */
function placeOf({ scenario, strategy }: Pick<ThresholdResult, 'scenario' | 'strategy'>, several: boolean): string {
  if (!several) return strategy;
  const point = Object.entries(scenario.point).map(([path, value]) => `${path} ${value}`);
  return `${strategy} in scenario ${scenario.index}${point.length > 0 ? ` (${point.join(', ')})` : ''}`;
}

function thresholdLines(results: readonly ThresholdResult[], several: boolean): string[] {
  const count = (status: string): number => results.filter((one) => one.status === status).length;
  const told = results
    .filter(({ status }) => !several || status !== 'ok')
    .toSorted((a, b) => rank(a) - rank(b))
    .map((one) => {
      const { threshold, actual, se, low, high, status } = one;
      const figure = formatEstimate(actual, se);
      const interval = Number.isNaN(se) ? '' : `, 95 % interval ${digits(low)} to ${digits(high)}`;
      return `${status.padEnd(10)} ${threshold.expression}: ${placeOf(one, several)} has ${figure}${interval}`;
    });
  const [ok, failed, unresolved] = [count('ok'), count('failed'), count('unresolved')];
  const cure = unresolved > 0 ? '; more paths narrow the intervals of the unresolved' : '';
  return [
    `Thresholds: ${formatCount(ok)} ok, ${formatCount(failed)} failed, ${formatCount(unresolved)} unresolved${cure}.`,
    ...shortened(told, 'thresholds.csv'),
  ];
}

function rank({ status }: ThresholdResult): number {
  return status === 'failed' ? 0 : status === 'unresolved' ? 1 : 2;
}

function choiceLines(choice: Choice, several: boolean): string[] {
  const { rule, rows, chosen, resolved, holdsAmongAll } = choice;
  const wanted = `${rule.sense === 'maximise' ? 'highest' : 'lowest'} ${rule.objective}`;
  const conditions = rule.subjectTo.map(({ expression }) => expression).join(' and ');
  const percent = `${Number((100 * rule.confidence).toPrecision(6))} %`;
  const under = conditions === '' ? '' : ` with ${conditions} at ${percent} confidence`;
  const of = (status: ChoiceRow['status']): ChoiceRow[] => rows.filter((row) => row.status === status);
  const open = of('unresolved').length;
  const undecided = open > 0 ? `; ${formatCount(open)} may, more paths would tell` : '';
  if (chosen === undefined) {
    return [`Choice: none of ${formatCount(rows.length)} cells qualifies for the ${wanted}${under}${undecided}.`];
  }
  const figures = chosen.conditions.map(({ condition, value, limit }) => {
    const side = condition.comparator.startsWith('<') ? 'upper' : 'lower';
    return `${condition.metric} ${digits(value)}, ${side} limit ${digits(limit)}`;
  });
  const contenders = of('contender');
  const names = contenders.slice(0, 5).map((row) => placeOf(row, several));
  const more = contenders.length > names.length ? ` and ${formatCount(contenders.length - names.length)} more` : '';
  return [
    `Choice: ${placeOf(chosen, several)} has the ${wanted}${under}: ${formatEstimate(chosen.objective, chosen.se)}` +
      `${figures.length > 0 ? ` (${figures.join('; ')})` : ''}.`,
    resolved
      ? `It is ahead of each other cell that qualifies at ${percent} family-wise confidence${undecided}.`
      : `It cannot be told from ${names.join(', ')}${more} at ${percent} family-wise confidence${undecided}.`,
    ...(holdsAmongAll || figures.length === 0
      ? []
      : [
          `Picked from ${formatCount(rows.length)} cells, it meets the conditions at ${percent} by itself, but not as the best of ` +
            'so many (Bonferroni): confirm it with a new seed or more paths.',
        ]),
  ];
}

function shortened(lines: readonly string[], file: string): string[] {
  const rest = lines.length - MAX_LINES;
  return rest > 0 ? [...lines.slice(0, MAX_LINES), `… and ${formatCount(rest)} more in ${file}`] : [...lines];
}

function digits(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(5))) : 'n/a';
}
