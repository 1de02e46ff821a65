import type { PathColumns } from '../simulate/path-columns.ts';
import { centralMoments, type Moments } from './moments.ts';
import { figuresOf, mergeFigures, type PathFigures } from './path-figures.ts';
import type { CellPilot } from './pilot.ts';
import type { CellFacts } from './summary.ts';

/** Figures of paths of a cell, and of each asset of its portfolio on these paths. */
export interface CellFigures {
  readonly own: PathFigures;
  readonly assets: readonly CellFigures[];
}

/**
 * The figures of one chunk of checked columns.
 * @param moments of the PnL column
 */
export function cellFiguresOf(
  columns: PathColumns,
  facts: CellFacts,
  moments: Moments,
  pilot: Pick<CellPilot, 'influence' | 'assets'>,
): CellFigures {
  return {
    own: figuresOf(columns, facts, moments, pilot.influence),
    assets: pilot.assets.map((asset, i) => {
      const [own, ownFacts] = [columns.assets?.[i], facts.assets?.[i]];
      if (own === undefined || ownFacts === undefined) throw new Error(`the paths lack asset ${i} of the portfolio`);
      return cellFiguresOf(own, ownFacts, centralMoments(own.pnl), asset);
    }),
  };
}

/** The figures of two sets of paths put together; `a` comes first in path order. */
export function mergeCellFigures(a: CellFigures, b: CellFigures, facts: CellFacts): CellFigures {
  return {
    own: mergeFigures(a.own, b.own, facts.gamma),
    assets: a.assets.map((asset, i) => {
      const [other, ownFacts] = [b.assets[i], facts.assets?.[i]];
      if (other === undefined || ownFacts === undefined) throw new Error(`asset ${i} of the portfolio is missing`);
      return mergeCellFigures(asset, other, ownFacts);
    }),
  };
}
