import { didYouMean } from '../util/did-you-mean.ts';
import { metricProblem, readCondition } from './condition.ts';
import { namesOf } from './dotted-path.ts';
import { choiceSchema, riskSchema, thresholdOfSome } from './goal-schema.ts';
import type { ChoiceRule, Condition, Goals, RiskMeasures, Threshold } from './goals.ts';
import { describeValue } from './issue-text.ts';
import { valueAt } from './path.ts';
import { expectedText, type Problem, problemAt } from './problem.ts';
import { riskColumns } from './risk-columns.ts';

/** What is wrong between `risk`, `thresholds`, `choose` and the rest of a document, beyond what the schema sees. */
export function goalProblems(data: unknown, metrics: readonly string[]): Problem[] {
  return [...riskProblems(data), ...readGoals(data, metrics).problems];
}

/** The goals of a document that has been checked. */
export function goalsOf(data: unknown, metrics: readonly string[]): Goals {
  return readGoals(data, metrics).goals;
}

/** The measures asked for; undefined where `risk` is absent or wrong by itself. */
export function riskOf(data: unknown): RiskMeasures | undefined {
  const section = valueAt(data, ['risk']);
  return section === undefined ? undefined : riskSchema.safeParse(section).data;
}

function riskProblems(data: unknown): Problem[] {
  const risk = riskOf(data);
  if (risk === undefined) return [];
  const problems: Problem[] = [];
  const refuse = (key: keyof RiskMeasures, related: string, cure: string): void => {
    const text = expectedText(`false with ${related} as it is`, 'true', cure);
    problems.push({ ...problemAt(['risk', key], text), related: [related.split('.')] });
  };
  const market = (key: string): unknown => valueAt(data, ['simulator', key]);
  const portfolio = valueAt(data, ['assets']) !== undefined;
  if (risk.drawdown && market('scheme') === 'event' && typeof market('drawdown_dt') !== 'number') {
    refuse('drawdown', 'simulator.drawdown_dt', 'give simulator.drawdown_dt, the time between looks at PnL');
  }
  if (risk.bound_time && market('Q_max') === null) refuse('bound_time', 'simulator.Q_max', 'there is no bound');
  if (risk.bound_time && portfolio) refuse('bound_time', 'assets', 'each asset has a bound of its own');
  if (risk.decompose && portfolio) refuse('decompose', 'assets', 'a portfolio is not split yet');
  return problems;
}

interface ReadGoals {
  readonly goals: Goals;
  readonly problems: readonly Problem[];
}

function readGoals(data: unknown, common: readonly string[]): ReadGoals {
  const metrics = [...common, ...riskColumns(riskOf(data))];
  const problems: Problem[] = [];
  const conditionAt = (text: string, path: readonly (string | number)[]): Condition | undefined => {
    const read = readCondition(text, metrics);
    if (read.ok) return read.condition;
    problems.push(problemAt(path, read.text));
    return undefined;
  };
  const thresholds = readThresholds(data, conditionAt, problems);
  const choice = readChoice(data, metrics, conditionAt, problems);
  return { goals: { thresholds, choice }, problems };
}

type ConditionAt = (text: string, path: readonly (string | number)[]) => Condition | undefined;

function readThresholds(data: unknown, conditionAt: ConditionAt, problems: Problem[]): Threshold[] {
  const section = valueAt(data, ['thresholds']);
  if (!Array.isArray(section)) return [];
  const list = valueAt(data, ['strategies']);
  const names = Array.isArray(list) ? namesOf(list) : [];
  return section.flatMap((given: unknown, i): Threshold[] => {
    if (typeof given === 'string') {
      const condition = conditionAt(given, ['thresholds', i]);
      return condition ? [{ ...condition, strategies: undefined }] : [];
    }
    // What is wrong by itself is the schema's to tell; it must not hide the others.
    const { data: entry } = thresholdOfSome.safeParse(given);
    if (entry === undefined) return [];
    const condition = conditionAt(entry.check, ['thresholds', i, 'check']);
    for (const [j, name] of entry.strategies.entries()) {
      if (names.includes(name)) continue;
      const near = didYouMean(name, names);
      const cure = near === undefined ? `strategies: ${names.join(', ')}` : `did you mean "${near}"?`;
      const text = expectedText('the name of a strategy', describeValue(name), cure);
      problems.push(problemAt(['thresholds', i, 'strategies', j], text));
    }
    return condition ? [{ ...condition, strategies: entry.strategies }] : [];
  });
}

function readChoice(
  data: unknown,
  metrics: readonly string[],
  conditionAt: ConditionAt,
  problems: Problem[],
): ChoiceRule | undefined {
  const section = valueAt(data, ['choose']);
  const { data: choose } = choiceSchema.safeParse(section);
  if (section === undefined || choose === undefined) return undefined;
  const { maximise, minimise, subject_to, confidence } = choose;
  const sense = maximise === undefined ? 'minimise' : 'maximise';
  const objective = maximise ?? minimise;
  if (objective === undefined || (maximise !== undefined && minimise !== undefined)) {
    const got = objective === undefined ? 'neither' : 'both';
    problems.push(
      problemAt(['choose'], expectedText('one of maximise and minimise', got, 'for example {maximise: mean}'), 'key'),
    );
    return undefined;
  }
  const unknown = metricProblem(objective, metrics);
  if (unknown !== undefined) problems.push(problemAt(['choose', sense], unknown));
  const subjectTo = subject_to.flatMap((text, i) => conditionAt(text, ['choose', 'subject_to', i]) ?? []);
  return { objective, sense, subjectTo, confidence };
}
