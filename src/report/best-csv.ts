import { type BestStrategy, bestStrategy } from '../aggregate/best-strategy.ts';
import type { ScenarioResult } from '../aggregate/results.ts';
import { csvTable } from './csv.ts';
import { sweepField } from './summary-csv.ts';

const FIGURES = [
  'best',
  'mean',
  'runner_up',
  'difference',
  'se',
  'ci_low',
  'ci_high',
  'confidence',
  'verdict',
] as const;

/** The best strategy of a scenario; undefined where no cell of it finished. */
export function bestOfScenario({ strategies, comparisons }: ScenarioResult): BestStrategy | undefined {
  const means = strategies.flatMap((row) =>
    row.state === 'done' ? [{ strategy: row.strategy, mean: row.summary.mean }] : [],
  );
  return bestStrategy(means, comparisons);
}

/**
 * best.csv: one row a scenario with the strategy of the highest mean, the one after it, their paired difference with its 95 %
 * interval, the family-wise confidence that no other strategy is better, and whether that is 95 % (resolved | unresolved).
 * Columns `scenario`, one for each swept path, then FIGURES; what needs a second strategy is empty without one.
 * @throws RangeError if a figure is infinite
 */
export function bestCsv(scenarios: readonly ScenarioResult[], sweptPaths: readonly string[]): string {
  return csvTable(
    ['scenario', ...sweptPaths, ...FIGURES],
    scenarios.map((result) => {
      const best = bestOfScenario(result);
      return [
        result.scenario.index,
        ...sweptPaths.map((path) => sweepField(result.scenario.point[path])),
        best?.strategy,
        best?.mean,
        best?.runnerUp,
        best?.difference,
        best?.se,
        best?.ci_low,
        best?.ci_high,
        best?.confidence,
        best?.verdict ?? 'unresolved',
      ];
    }),
  );
}
