import { allocatePathColumns, viewPathColumns } from '../simulate/results-buffer.ts';
import { Recorder, type Trajectory } from '../simulate/walk/recorder.ts';
import { walkPath } from '../simulate/walk/walk-path.ts';
import type { Walker } from '../simulate/walk/walker.ts';

/** What one path came to. PnL is mark-to-market at T, price units × units. */
export interface SimulationResult {
  readonly finalPnl: number;
  readonly nTrades: number;
  /** Units. */
  readonly finalInventory: number;
  readonly maxAbsInventory: number;
  /** ∫ q² dt. */
  readonly integralQ2: number;
  /** Over the steps, or `drawdown_dt` in the event scheme; undefined where PnL was not monitored. */
  readonly maxDrawdown: number | undefined;
  /** Replays the path: `${seed}/${path}`. */
  readonly seedKey: string;
  /** The whole path, where it was asked for. */
  readonly trajectory?: Trajectory;
}

/** Walks along one path. Throws PathError where its policy throws or quotes what is no price. */
export function simulatePath(walker: Walker, path: number, record: boolean): SimulationResult {
  const { market, seed } = walker.cell;
  const recorder = record ? new Recorder(market.q0 * market.S0) : undefined;
  walkPath(walker, path, recorder);
  const maxDrawdown = market.scheme === 'stepped' || market.drawdown_dt !== null;
  const columns = viewPathColumns(allocatePathColumns(1, { maxDrawdown, meanEstimator: false }));
  walker.account.write(columns, 0);
  return {
    finalPnl: columns.pnl[0]!,
    nTrades: columns.fills[0]!,
    finalInventory: columns.finalLots[0]! * market.order_size,
    maxAbsInventory: columns.maxAbsLots[0]! * market.order_size,
    integralQ2: columns.integralQ2[0]!,
    maxDrawdown: columns.maxDrawdown?.[0],
    seedKey: `${seed}/${path}`,
    ...(recorder === undefined ? {} : { trajectory: recorder }),
  };
}
