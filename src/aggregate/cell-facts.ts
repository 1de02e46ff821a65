import { assetCells } from '../plan/asset-cells.ts';
import type { Cell } from '../plan/plan.ts';
import { beliefOf } from '../strategies/belief.ts';
import type { CellFacts } from './summary.ts';

/** What a cell's figures need to know beside its paths. */
export function cellFacts(cell: Pick<Cell, 'scenario' | 'strategy'>): CellFacts {
  const { simulator, variance_reduction, portfolio, risk } = cell.scenario;
  const model = beliefOf(cell);
  const assets = assetCells(cell);
  return {
    orderSize: portfolio === undefined ? simulator.order_size : 1,
    gamma: model.gamma,
    phi: model.phi,
    running: model.running,
    varianceReduction: variance_reduction,
    risk: risk && {
      measures: risk,
      horizon: simulator.T,
      fee: simulator.maker_fee,
      impact: simulator.impact,
      startLots: Math.round(simulator.q0 / simulator.order_size),
    },
    assets: portfolio?.assets.map(({ name }, i) => ({ name, ...cellFacts(assets[i]!), risk: undefined })),
  };
}
