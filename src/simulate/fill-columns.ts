import type { EventCell, SteppedCell } from './block-request.ts';
import { simulateEventBlock } from './event/event-kernel.ts';
import type { PathColumns } from './path-columns.ts';
import { simulateSteppedBlock } from './stepped/stepped-kernel.ts';

/**
 * The columns that fills alone make, for a block of a tabulated cell. The kernels do not know of them, so that nobody pays who
 * does not ask: the block is simulated once more without a price, which moves no fill, so that its PnL is the fills' gains,
 * and with a compensator that counts the time at the inventory bound.
 */
export function simulateFillColumns(
  cell: SteppedCell | EventCell,
  firstPath: number,
  paths: number,
  columns: PathColumns,
): void {
  const { fillGains, boundTime } = columns;
  if (fillGains === undefined && boundTime === undefined) return;
  const again: PathColumns = {
    firstPath,
    count: paths,
    pnl: new Float64Array(paths),
    integralQ2: new Float64Array(paths),
    meanEstimator: new Float64Array(paths),
    fills: new Int32Array(paths),
    finalLots: new Int32Array(paths),
    maxAbsLots: new Int32Array(paths),
  };
  const still = { sigma: 0, mu: 0 };
  const counts = boundTime !== undefined && cell.bounded;
  if (cell.scheme === 'stepped') {
    const expectedGain = counts ? boundIndicator(cell) : undefined;
    simulateSteppedBlock({ ...cell, ...still, expectedGain }, firstPath, paths, again);
  } else {
    const compensator = counts ? boundClock(cell) : undefined;
    simulateEventBlock({ ...cell, ...still, compensator }, firstPath, paths, again);
  }
  const at = firstPath - columns.firstPath;
  fillGains?.set(again.pnl, at);
  if (boundTime === undefined) return;
  for (let i = 0; i < paths; i++) {
    const counted = counts ? again.meanEstimator![i]! : 0;
    boundTime[at + i] = cell.scheme === 'stepped' ? cell.dt * counted + correction(cell, again.finalLots[i]!) : counted;
  }
}

/** 1 at the entries of the bound: what the stepped kernel adds up is the number of steps that begin there. */
function boundIndicator({ reach, rows }: SteppedCell): Float64Array {
  const indicator = new Float64Array((2 * reach + 1) * rows);
  indicator.fill(1, 0, rows).fill(1, 2 * reach * rows);
  return indicator;
}

/** From the steps that begin at the bound to those that are spent there, after their fills: less the first, plus the end. */
function correction({ reach, startLots, bounded, dt }: SteppedCell, finalLots: number): number {
  if (!bounded) return 0;
  return dt * ((Math.abs(finalLots) === reach ? 1 : 0) - (Math.abs(startLots) === reach ? 1 : 0));
}

/** t at the entries of the bound, by edges of the rows: a path's time there is the sum of what its leavings are above its comings. */
function boundClock({ reach, rowEdges }: EventCell): Float64Array {
  const width = 2 * reach + 1;
  const clock = new Float64Array(rowEdges.length * width);
  rowEdges.forEach((t, row) => {
    clock[row * width] = t;
    clock[row * width + 2 * reach] = t;
  });
  return clock;
}
