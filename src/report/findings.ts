import type { BestStrategy } from '../aggregate/best-strategy.ts';
import { intervalFactor } from '../aggregate/confidence-interval.ts';
import type { RunResult } from '../aggregate/results.ts';
import type { Summary } from '../aggregate/summary.ts';
import { formatCount, formatEstimate } from '../util/format.ts';
import { bestOfScenario } from './best-csv.ts';
import { type ComparedPair, familyFinding } from './family-finding.ts';

interface Done {
  readonly strategy: string;
  readonly summary: Summary;
}

/** What findings are made of: a scenario's results as they are in memory, or read from its CSVs. */
export interface FoundScenario {
  readonly scenario: { readonly paths: number };
  readonly strategies: readonly FoundStrategy[];
  readonly comparisons: readonly ComparedPair[];
  /** The strategy with the highest mean and whether that is settled; undefined where none finished. */
  readonly best: () => Pick<BestStrategy, 'strategy' | 'verdict'> | undefined;
}

type FoundStrategy =
  | { readonly state: 'done'; readonly strategy: string; readonly summary: Summary }
  | { readonly state: 'failed' };

/** What was found, in plain words with its uncertainty; one sentence a line. */
export function findings({ scenarios }: RunResult): string[] {
  return findingsOf(scenarios.map((result) => ({ ...result, best: () => bestOfScenario(result) })));
}

/** The same of scenarios wherever they come from. */
export function findingsOf(scenarios: readonly FoundScenario[]): string[] {
  const [only] = scenarios;
  const found = scenarios.length === 1 && only !== undefined ? scenarioFindings(only) : sweepFindings(scenarios);
  return [...found, ...sketchFindings(scenarios)];
}

/** How far percentiles may be off where they are not exact. */
function sketchFindings(scenarios: readonly FoundScenario[]): string[] {
  const errors = scenarios.flatMap(({ strategies }) =>
    strategies.flatMap((row) => (row.state === 'done' ? [row.summary.percentile_error] : [])),
  );
  const largest = errors.reduce((most, error) => (error > most ? error : most), 0);
  if (largest === 0) return [];
  return [
    `The paths went through memory in chunks: percentiles, VaR and CVaR are within ${Number(largest.toPrecision(2))} of ` +
      'the exact ones (percentile_error); all other figures are exact.',
  ];
}

function scenarioFindings({ scenario, strategies, comparisons }: FoundScenario): string[] {
  const [best, ...others] = byMean(strategies);
  if (best === undefined) return [];
  if (others.length === 0) {
    const { mean, mean_se, mean_ci_low, mean_ci_high } = best.summary;
    return [
      `${best.strategy} makes ${formatEstimate(mean, mean_se)} on average ` +
        `(95 % interval ${short(mean_ci_low, mean_se)} to ${short(mean_ci_high, mean_se)}, ${formatCount(scenario.paths)} paths).`,
    ];
  }
  const lines = others.map((other) => {
    const pair = comparisons.find(
      ({ strategy, baseline }) =>
        (strategy === best.strategy && baseline === other.strategy) ||
        (strategy === other.strategy && baseline === best.strategy),
    );
    if (pair === undefined) return `${best.strategy} and ${other.strategy} were not compared.`;
    if (pair.se === 0 && pair.mean_difference === 0) {
      return `${best.strategy} and ${other.strategy} made the same PnL on every path.`;
    }
    const sign = pair.strategy === best.strategy ? 1 : -1;
    const difference = sign * pair.mean_difference;
    const [low, high] = sign === 1 ? [pair.ci_low, pair.ci_high] : [-pair.ci_high, -pair.ci_low];
    const interval = `95 % interval ${short(low, pair.se)} to ${short(high, pair.se)}`;
    const risk = riskPhrase(best.summary, other.summary);
    return pair.verdict === 'inconclusive'
      ? `${best.strategy} and ${other.strategy} cannot be told apart by their mean PnL: ` +
          `${formatEstimate(difference, pair.se)} (${interval}); ${risk}. More paths would narrow it.`
      : `${best.strategy} makes ${formatEstimate(difference, pair.se)} more than ${other.strategy} on average ` +
          `(${interval}); ${risk}.`;
  });
  const family = familyFinding(best.strategy, comparisons);
  return [...lines, ...(family === undefined ? [] : [family]), riskAdjusted([best, ...others], scenario.paths)];
}

/** The second fact that a maker asks for: at what risk. */
function riskPhrase(best: Summary, other: Summary): string {
  const ratio = best.std / other.std;
  if (!Number.isFinite(ratio)) return 'the risk of one of them is nil';
  if (Math.abs(ratio - 1) < 0.005) return 'at the same standard deviation';
  const percent = Math.abs(ratio - 1) * 100;
  return `at a standard deviation ${percent < 10 ? percent.toFixed(1) : percent.toFixed(0)} % ${ratio < 1 ? 'lower' : 'higher'}`;
}

function riskAdjusted(all: readonly Done[], paths: number): string {
  const [safest, ...others] = all.toSorted((a, b) => a.summary.cvar95 - b.summary.cvar95);
  if (safest === undefined) return '';
  const { cvar95, cvar95_se } = safest.summary;
  const shared = `All strategies met the same random numbers on ${formatCount(paths)} paths, so differences are paired.`;
  // The safest was picked from several (Bonferroni); the paths are common, so that taking the errors for independent is cautious.
  const factor = intervalFactor(paths - 1, 1 - 0.05 / Math.max(1, others.length));
  const near = others.filter(
    ({ summary }) => !(summary.cvar95 - cvar95 > factor * Math.hypot(summary.cvar95_se, cvar95_se)),
  );
  if (near.length > 0) {
    const names = [safest, ...near].map(({ strategy }) => strategy).join(', ');
    return `By CVaR 95 %, ${names} cannot be told apart at the safe end. ${shared}`;
  }
  const tail =
    cvar95 > 0 ? `lose ${formatEstimate(cvar95, cvar95_se)}` : `still make ${formatEstimate(-cvar95, cvar95_se)}`;
  return `The safest tail is ${safest.strategy}'s: its worst 5 % of paths ${tail} on average. ${shared}`;
}

function sweepFindings(scenarios: readonly FoundScenario[]): string[] {
  if (scenarios.every(({ strategies }) => strategies.length === 1)) return [];
  const wins = new Map<string, { highest: number; resolved: number }>();
  for (const scenario of scenarios) {
    const best = scenario.best();
    if (best === undefined) continue;
    const count = wins.get(best.strategy) ?? { highest: 0, resolved: 0 };
    count.highest++;
    if (best.verdict === 'resolved') count.resolved++;
    wins.set(best.strategy, count);
  }
  return [...wins].map(
    ([strategy, { highest, resolved }]) =>
      `${strategy} has the highest mean PnL in ${highest} of ${scenarios.length} scenarios, ` +
      `above all other strategies at 95 % family-wise confidence in ${resolved} of them.`,
  );
}

function byMean(strategies: readonly FoundStrategy[]): Done[] {
  return strategies
    .flatMap((row) => (row.state === 'done' ? [{ strategy: row.strategy, summary: row.summary }] : []))
    .sort((a, b) => b.summary.mean - a.summary.mean);
}

/** A bound of an interval, to the digits that its standard error warrants. */
function short(value: number, se: number): string {
  return formatEstimate(value, se).split(' ')[0] ?? String(value);
}
