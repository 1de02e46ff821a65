import type { StrategyComparison } from './scenario-accumulator.ts';

/** The strategy with the highest mean PnL of a scenario, and how sure that is; differences are in the config's units. */
export interface BestStrategy {
  readonly strategy: string;
  readonly mean: number;
  /** The second highest mean; undefined where no other strategy finished. */
  readonly runnerUp: string | undefined;
  /** Paired mean difference of the two with its standard error and 95 % interval; NaN without a runner-up. */
  readonly difference: number;
  readonly se: number;
  readonly ci_low: number;
  readonly ci_high: number;
  /**
   * Family-wise confidence that no other strategy has a higher mean: 1 − (k − 1) p, at least 0, for k strategies and the largest
   * one-sided p-value p of the k − 1 paired comparisons (Bonferroni). Where one is declared best but b is, its comparison with b
   * has erred, and k − 1 comparisons with b can. NaN without a runner-up.
   */
  readonly confidence: number;
  readonly verdict: 'resolved' | 'unresolved';
}

/** Confidence from which the best strategy counts as known. */
const RESOLVED = 0.95;

/**
 * Finds the best strategy of a scenario.
 * @param means of the strategies that finished, in the order of the config; of equal means the first one is taken
 * @returns undefined where none finished
 */
export function bestStrategy(
  means: readonly { readonly strategy: string; readonly mean: number }[],
  comparisons: readonly StrategyComparison[],
): BestStrategy | undefined {
  const [best, second] = means.toSorted((a, b) => b.mean - a.mean);
  if (best === undefined) return undefined;
  const { strategy, mean } = best;
  const rivals = means.filter((one) => one !== best);
  const pairs = rivals.map((rival) => ({ rival, ...against(strategy, rival.strategy, comparisons) }));
  const pair = pairs.find(({ rival }) => rival === second);
  if (pair === undefined) {
    const none = { runnerUp: undefined, difference: NaN, se: NaN, ci_low: NaN, ci_high: NaN, confidence: NaN };
    return { strategy, mean, ...none, verdict: 'unresolved' };
  }
  const largest = pairs.reduce((most, { oneSided }) => Math.max(most, oneSided), 0);
  const confidence = Math.max(0, 1 - rivals.length * largest);
  const { difference, se, ci_low, ci_high } = pair;
  const verdict = confidence >= RESOLVED ? 'resolved' : 'unresolved';
  return { strategy, mean, runnerUp: pair.rival.strategy, difference, se, ci_low, ci_high, confidence, verdict };
}

function against(strategy: string, rival: string, comparisons: readonly StrategyComparison[]) {
  const pair = comparisons.find(
    (one) =>
      (one.strategy === strategy && one.baseline === rival) || (one.strategy === rival && one.baseline === strategy),
  );
  if (pair === undefined) throw new Error(`${strategy} and ${rival} were not compared`);
  const { mean_difference, se, p_value } = pair;
  const isForward = pair.strategy === strategy;
  const difference = isForward ? mean_difference : -mean_difference;
  return {
    difference,
    se,
    ci_low: isForward ? pair.ci_low : -pair.ci_high,
    ci_high: isForward ? pair.ci_high : -pair.ci_low,
    oneSided: oneSidedP(difference, p_value),
  };
}

/** The p-value of `no better than the rival`. Where all paths are equal, or nothing is known of the error, it is 1. */
function oneSidedP(difference: number, twoSided: number): number {
  if (Number.isNaN(twoSided) || difference === 0) return 1;
  return difference > 0 ? twoSided / 2 : 1 - twoSided / 2;
}
