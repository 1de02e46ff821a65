import type { ModelParameters } from '../../config/experiment.ts';
import type { JointRule } from '../../strategies/joint-rule.ts';
import type { QuoteRule } from '../../strategies/strategy.ts';
import { QUOTE_TOLERANCE } from '../walk/quote-table.ts';
import { adaptiveNodes, type TimeNode, type TimeRows } from '../walk/time-nodes.ts';

/**
 * Quotes of two assets over (t, q1, q2) at nodes in time, with views of shared memory. A row holds the distances of asset a at state
 * s = i1 m2 + i2 at 2(a m1 m2 + s), the bid's, and after it, the ask's.
 */
export interface JointQuoteTable extends TimeRows {
  /** Lots on either side of zero of either asset; m = 2·reach + 1. */
  readonly reaches: readonly [number, number];
}

/** Tabulates a rule for walks, as rows of a JointQuoteTable. */
export function tabulateJointQuotes(rule: JointRule, models: readonly ModelParameters[], T: number): TimeNode[] {
  const out = jointQuotes(rule);
  const states = out.bid1.length;
  const read = (t: number): Float64Array => {
    rule.fillLattice(t, out);
    const row = new Float64Array(4 * states);
    for (let s = 0; s < states; s++) {
      row[2 * s] = out.bid1[s]!;
      row[2 * s + 1] = out.ask1[s]!;
      row[2 * (states + s)] = out.bid2[s]!;
      row[2 * (states + s) + 1] = out.ask2[s]!;
    }
    return row;
  };
  return adaptiveNodes(T, QUOTE_TOLERANCE / Math.max(...models.map(({ k }) => k)), read);
}

/** What a rule quotes for one asset, nearest to the mid over the other's inventories: how far through it orders must come. */
export function nearestQuotes(rule: JointRule, asset: 0 | 1, orderSize: number): QuoteRule {
  const [n1, n2] = rule.reaches;
  const columns = 2 * n2 + 1;
  const out = jointQuotes(rule);
  const bids = asset === 0 ? out.bid1 : out.bid2;
  const asks = asset === 0 ? out.ask1 : out.ask2;
  return {
    timeDependent: true,
    fillRow(t, inventories, bid, ask) {
      rule.fillLattice(t, out);
      bid.fill(Number.POSITIVE_INFINITY);
      ask.fill(Number.POSITIVE_INFINITY);
      const reach = asset === 0 ? n1 : n2;
      for (let j = 0; j < inventories.length; j++) {
        const lots = Math.round(inventories[j]! / orderSize);
        const own = Math.max(-reach, Math.min(reach, lots)) + reach;
        for (let other = 0; other < (asset === 0 ? columns : 2 * n1 + 1); other++) {
          const s = asset === 0 ? own * columns + other : other * columns + own;
          bid[j] = Math.min(bid[j]!, bids[s]!);
          ask[j] = Math.min(ask[j]!, asks[s]!);
        }
      }
    },
  };
}

function jointQuotes({ reaches: [n1, n2] }: JointRule) {
  const vector = () => new Float64Array((2 * n1 + 1) * (2 * n2 + 1));
  return { bid1: vector(), ask1: vector(), bid2: vector(), ask2: vector() };
}
