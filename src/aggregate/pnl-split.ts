import type { PnlPart } from '../config/risk-columns.ts';
import type { PathColumns } from '../simulate/path-columns.ts';
import type { RiskFacts } from './summary.ts';

/**
 * What the PnL of each path is the sum of, price units × units, to rounding:
 * - `spread_income` Σ z δ: the distance of each fill's price from the mid just before the fill;
 * - `inventory_pnl` Σ q dS over the moves of the mid that fills did not cause;
 * - `fees` −Σ z c, negative where fees are paid, positive with a rebate;
 * - `adverse_selection` Σ q ΔS over the moves that fills did cause, against the maker by ξ each, q after the fill.
 *
 * With N fills from n₀ to n lots the last is −ξ z (n² − n₀² + N)/2, since a fill that changes the lots by d = ±1 costs
 * ξ z d (n + d) and n² grows by 2dn + 1.
 * @param orderSize z, units in one lot
 * @throws RangeError where the columns lack the fills' gains
 */
export function pnlSplit(
  { pnl, fillGains, fills, finalLots }: PathColumns,
  { fee, impact, startLots }: RiskFacts,
  orderSize: number,
): Readonly<Record<PnlPart, (path: number) => number>> {
  if (fillGains === undefined) throw new RangeError("PnL split: the column of the fills' gains is missing");
  // Without a fee or an impact an exact 0, not −0.
  const fees = (i: number): number => 0 - fee * orderSize * fills[i]!;
  const adverse = (i: number): number =>
    0 - (impact * orderSize * (finalLots[i]! * finalLots[i]! - startLots * startLots + fills[i]!)) / 2;
  return {
    spread_income: (i) => fillGains[i]! - fees(i) - adverse(i),
    inventory_pnl: (i) => pnl[i]! - fillGains[i]!,
    fees,
    adverse_selection: adverse,
  };
}
