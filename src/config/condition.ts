import { didYouMean } from '../util/did-you-mean.ts';
import { COMPARATORS, type Comparator, type Condition } from './goals.ts';
import { describeValue } from './issue-text.ts';
import { expectedText } from './problem.ts';

const EXPRESSION = /^\s*([A-Za-z_][\w.]*)\s*(<=|>=|<|>)\s*(\S+)\s*$/;
const REVERSED = /^\s*[-+\d.]\S*\s*(<=|>=|<|>)\s*[A-Za-z_]/;
const EXAMPLE = 'for example cvar95 <= 5';

export type ReadCondition =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly text: string };

/** Reads `metric comparator number`; `metrics` are the columns that there are. */
export function readCondition(text: string, metrics: readonly string[]): ReadCondition {
  const match = EXPRESSION.exec(text);
  const comparator = COMPARATORS.find((one): one is Comparator => one === match?.[2]);
  if (match === null || comparator === undefined) {
    const cure = REVERSED.test(text) ? 'write the metric first, for example cvar95 <= 5' : EXAMPLE;
    return wrong('a metric, one of <= >= < >, and a number', text, cure);
  }
  const [, metric = '', , number = ''] = match;
  const unknown = metricProblem(metric, metrics);
  if (unknown !== undefined) return { ok: false, text: unknown };
  const limit = Number(number);
  if (!Number.isFinite(limit)) return wrong('a number as the limit', number, EXAMPLE);
  return { ok: true, condition: { expression: `${metric} ${comparator} ${number}`, metric, comparator, limit } };
}

/** What is wrong with the name of a metric, with its cure; undefined where it is one. */
export function metricProblem(metric: string, metrics: readonly string[]): string | undefined {
  if (metrics.includes(metric)) return undefined;
  const near = didYouMean(metric, metrics);
  return expectedText('a column of summary.csv', describeValue(metric), cureOf(metric, near));
}

function cureOf(metric: string, near: string | undefined): string {
  const level = /^c?var(\d\d(?:\.\d+)?)(?:_se)?$/.exec(metric)?.[1];
  if (level !== undefined) return `add ${Number((Number(level) / 100).toPrecision(10))} to risk.levels`;
  if (/^sortino/.test(metric)) return 'set risk.ratios to true';
  if (metric.startsWith('expected_utility')) return 'set risk.utility to true';
  if (/^max_drawdown_(mean_se|p50|p95|max)/.test(metric)) return 'set risk.drawdown to true';
  if (metric.startsWith('bound_time')) return 'set risk.bound_time to true';
  if (/^(spread_income|inventory_pnl|fees|adverse_selection)(_|$)/.test(metric)) return 'set risk.decompose to true';
  return near === undefined ? 'such as mean, std, p05, cvar95 or max_abs_q_mean' : `did you mean "${near}"?`;
}

function wrong(expected: string, got: string, cure: string): ReadCondition {
  return { ok: false, text: expectedText(expected, describeValue(got), cure) };
}
