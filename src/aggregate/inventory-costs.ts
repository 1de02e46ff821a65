import type { PathColumns } from '../simulate/path-columns.ts';
import type { CellFacts } from './summary.ts';

/** Terminal cost φ q_T² of a path; of a portfolio, the sum of its assets'. */
export function terminalCost(columns: PathColumns, facts: CellFacts, slot: number): number {
  if (columns.assets !== undefined) return overAssets(columns, facts, slot, terminalCost);
  const q = columns.finalLots[slot]! * facts.orderSize;
  return facts.phi * q * q;
}

/** Running penalty ζ ∫q² dt of a path; of a portfolio, the sum of its assets'. */
export function runningCost(columns: PathColumns, facts: CellFacts, slot: number): number {
  if (columns.assets !== undefined) return overAssets(columns, facts, slot, runningCost);
  return facts.running * columns.integralQ2[slot]!;
}

function overAssets({ assets = [] }: PathColumns, facts: CellFacts, slot: number, cost: typeof terminalCost): number {
  let sum = 0;
  assets.forEach((asset, i) => {
    const own = facts.assets?.[i];
    if (own === undefined) throw new Error(`asset ${i} of the portfolio has no facts`);
    sum += cost(asset, own, slot);
  });
  return sum;
}
