import { bestOf } from '../aggregate/best-of.ts';
import type { ScenarioResult } from '../aggregate/results.ts';
import { csvTable } from './csv.ts';
import { sweepField } from './summary-csv.ts';

const FIGURES = [
  'best',
  'mean',
  'mean_se',
  'runner_up',
  'difference',
  'se',
  'ci_low',
  'ci_high',
  'confidence',
  'verdict',
] as const;

/**
 * best.csv: for each scenario the strategy with the highest mean, the one after it, their paired difference with its 95 % interval,
 * the family-wise confidence that no other strategy is better (`bestOf`), and whether that is 95 % (resolved | unresolved).
 * Columns `scenario`, one for each swept path, then FIGURES; figures that need a rival are empty without one.
 * @throws RangeError if a figure is infinite
 */
export function bestCsv(scenarios: readonly ScenarioResult[], sweptPaths: readonly string[]): string {
  return csvTable(
    ['scenario', ...sweptPaths, ...FIGURES],
    scenarios.map(({ scenario, strategies, comparisons }) => {
      const best = bestOf(strategies, comparisons);
      const [rival] = best?.rivals ?? [];
      const pair = comparisons.find((one) => isPairOf(one, best?.strategy, rival?.strategy));
      const [low, high] = [pair?.ci_low, pair?.ci_high];
      const isForward = pair?.strategy === best?.strategy;
      return [
        scenario.index,
        ...sweptPaths.map((path) => sweepField(scenario.point[path])),
        best?.strategy,
        best?.mean,
        best?.se,
        rival?.strategy,
        rival?.difference,
        rival?.se,
        isForward || high === undefined ? low : -high,
        isForward || low === undefined ? high : -low,
        best?.confidence,
        rival !== undefined && best?.tied.length === 0 ? 'resolved' : 'unresolved',
      ];
    }),
  );
}

function isPairOf(
  pair: { readonly strategy: string; readonly baseline: string },
  a: string | undefined,
  b: string | undefined,
): boolean {
  return (pair.strategy === a && pair.baseline === b) || (pair.strategy === b && pair.baseline === a);
}
