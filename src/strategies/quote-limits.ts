import type { QuoteLimits } from '../config/experiment.ts';
import type { PathPolicy } from './policy.ts';
import type { QuoteRule } from './strategy.ts';

/** A rule's quotes within the limits; the rule itself where there are none. */
export function limitRule(rule: QuoteRule, limits: QuoteLimits | undefined): QuoteRule {
  if (limits === undefined) return rule;
  return {
    timeDependent: rule.timeDependent,
    fillRow(t, inventories, bid, ask) {
      rule.fillRow(t, inventories, bid, ask);
      for (let j = 0; j < inventories.length; j++) {
        bid[j] = limitDistance(limits, bid[j]!, inventories[j]!);
        ask[j] = limitDistance(limits, ask[j]!, -inventories[j]!);
      }
    },
  };
}

/** The same for a policy that walks along the path. */
export function limitPolicy(policy: PathPolicy, limits: QuoteLimits | undefined): PathPolicy {
  if (limits === undefined) return policy;
  return {
    start: () => policy.start(),
    quote(t, q, S, out) {
      policy.quote(t, q, S, out);
      out[0] = limitDistance(limits, out[0]!, q);
      out[1] = limitDistance(limits, out[1]!, -q);
    },
  };
}

/**
 * One side's distance within the limits. An absent quote (+Infinity) stays absent; a distance that is not a number stays so,
 * for the reader of quotes to refuse.
 * @param added the inventory in the direction in which a fill would move it: q for the bid, −q for the ask
 */
export function limitDistance(
  { min_distance, max_distance, one_sided_at }: QuoteLimits,
  distance: number,
  added: number,
): number {
  if (one_sided_at !== null && added >= one_sided_at) return Number.POSITIVE_INFINITY;
  if (distance === Number.POSITIVE_INFINITY) return distance;
  if (min_distance !== null && distance < min_distance) return min_distance;
  if (max_distance !== null && distance > max_distance) return max_distance;
  return distance;
}
