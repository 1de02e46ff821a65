import type { Comparison } from '../aggregate/comparison.ts';
import { holm } from '../aggregate/holm.ts';
import { normalTail } from '../aggregate/normal-tail.ts';
import { formatCount } from '../util/format.ts';

/** A pair of strategies; `p_value` of its paired t test where it is at hand. */
export interface ComparedPair extends Comparison {
  readonly strategy: string;
  readonly baseline: string;
  readonly p_value?: number;
}

/**
 * What remains of the pairs with the best strategy when all pairs of a scenario are looked at together, by Holm's correction at 5 %; one
 * sentence, undefined for fewer than three strategies or where nothing was told apart to begin with.
 */
export function familyFinding(best: string, comparisons: readonly ComparedPair[]): string | undefined {
  if (comparisons.length < 3) return undefined;
  const adjusted = holm(comparisons.map(pValue));
  const withBest = comparisons.flatMap((pair, i) => {
    if (pair.strategy !== best && pair.baseline !== best) return [];
    const other = pair.strategy === best ? pair.baseline : pair.strategy;
    return pair.verdict === 'inconclusive' ? [] : [{ other, holds: adjusted[i]! <= 0.05 }];
  });
  if (withBest.length === 0) return undefined;
  const lost = withBest.filter(({ holds }) => !holds).map(({ other }) => other);
  const family = `all ${formatCount(comparisons.length)} pairs looked at together (Holm, 95 %)`;
  return lost.length === 0
    ? `With ${family}, these differences stand.`
    : `With ${family}, ${best} is no longer told apart from ${lost.join(', ')}: with so many pairs some differ by chance.`;
}

function pValue({ p_value, mean_difference, se }: ComparedPair): number {
  if (p_value !== undefined) return p_value;
  if (se === 0) return mean_difference === 0 ? 1 : 0;
  return 2 * normalTail(Math.abs(mean_difference / se));
}
