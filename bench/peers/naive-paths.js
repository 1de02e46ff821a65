// @ts-check
/** Times the naive port on the quotes of a cell. */
import { processorTimeOf } from '../measure.js';
import { market } from '../scenario.js';
import { simulatePath } from './naive.js';

/** @import { SteppedCell } from '../../build/src/simulate/block-request.js' */
/** @import { Quotes } from './naive.js' */

/** @param {SteppedCell} cell @returns {Quotes[][]} */
function gridOf({ rows, reach, gains, orderSize }) {
  const width = 2 * reach + 1;
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: width }, (_, j) => {
      const at = 2 * (j * rows + row);
      return { bid: gains[at] / orderSize, ask: gains[at + 1] / orderSize };
    }),
  );
}

/** `run` simulates the paths and keeps their PnL in `pnl`.
 * @param {SteppedCell} cell @param {number} paths */
export function runNaive(cell, paths) {
  const grid = gridOf(cell);
  const parameters = { ...market, S0: 100, dt: cell.dt };
  const pnl = new Float64Array(paths);
  return {
    pnl,
    run: () => {
      const ns = processorTimeOf(() => {
        const results = [];
        for (let path = 0; path < paths; path++) results.push(simulatePath(parameters, grid));
        results.forEach((result, path) => {
          pnl[path] = result.pnl;
        });
      });
      return { ns, units: paths * cell.steps };
    },
  };
}
