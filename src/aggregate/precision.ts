import type { Precision } from '../config/experiment.ts';
import type { PlannedScenario } from '../plan/plan.ts';
import { looks, mostPaths } from '../plan/precision.ts';
import type { StrategyComparison } from './scenario-accumulator.ts';
import { studentTail } from './student-law.ts';
import type { Summary } from './summary.ts';
import type { Warning } from './warnings.ts';

/** Probability of calling any of a scenario's rankings settled, at any of its looks, where strategies are equal. */
const FALSE_RANKING = 0.05;

/** An estimate that a precision is asked of. */
export interface Estimate {
  readonly value: number;
  /** Its standard error, from `count` independent samples. */
  readonly se: number;
  readonly count: number;
}

/** How often a ranking may be called settled by mistake: looks x pairs, over which FALSE_RANKING is shared (Bonferroni). */
export function tests(scenario: PlannedScenario, estimates: number): number {
  return looks(scenario) * Math.max(1, estimates);
}

/** True where an estimate has the precision asked for. `share` is that of the scenario's `tests` which this one is. */
export function meets({ se: target, rel }: Precision, { value, se, count }: Estimate, share: number): boolean {
  if (target !== undefined) return se <= target;
  if (rel !== undefined) return se <= rel * Math.abs(value);
  // Equal on every path, or different on every path by the same amount: more paths tell nothing.
  if (se === 0) return true;
  return count > 1 && 2 * studentTail(Math.abs(value / se), count - 1) <= FALSE_RANKING / share;
}

/** What a scenario lacks at its cap; undefined where it has all that was asked for, or is not at its cap. */
export function precisionWarning(
  scenario: PlannedScenario,
  rows: readonly { readonly strategy: string; readonly summary: Summary }[],
  comparisons: readonly StrategyComparison[],
): Warning | undefined {
  const { precision } = scenario;
  if (precision === undefined || scenario.paths < mostPaths(scenario)) return undefined;
  const samples = (paths: number): number => (scenario.variance_reduction === 'antithetic' ? paths / 2 : paths);
  const count = samples(scenario.paths);
  const estimates =
    precision.metric === 'mean'
      ? rows.map(({ strategy, summary }) => ({ of: strategy, value: summary.mean, se: summary.mean_se, count }))
      : comparisons.map(({ strategy, baseline, mean_difference, se }) => ({
          of: `${strategy} − ${baseline}`,
          value: mean_difference,
          se,
          count,
        }));
  const share = tests(scenario, estimates.length);
  const unmet = estimates.filter((estimate) => !meets(precision, estimate, share));
  const shortfall = ({ value, se }: Estimate): number => (precision.se === undefined ? se / Math.abs(value) : se);
  const [worst] = unmet.toSorted((a, b) => shortfall(b) - shortfall(a));
  if (worst === undefined) return undefined;
  const { of, value, se } = worst;
  const asked = { metric: precision.metric, se: precision.se, rel: precision.rel };
  return {
    kind: 'precision_not_reached',
    scenario: scenario.index,
    strategy: of,
    ...asked,
    value,
    reached: se,
    paths: scenario.paths,
    unmet: unmet.length,
    estimates: estimates.length,
  };
}
