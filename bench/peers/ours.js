// @ts-check
/** Our engines on the calling thread: blocks straight from the build, no executor. */
import { blocksOf } from '../../build/src/plan/blocks.js';
import { allocatePathColumns, viewPathColumns } from '../../build/src/simulate/results-buffer.js';
import { simulateBlock } from '../../build/src/simulate/simulate-block.js';
import { processorTimeOf } from '../measure.js';
import { fillsOfPath, planOf, prepare } from '../scenario.js';

/** @import { Scheme } from '../../build/src/index.js' */
/** @import { Timing } from '../measure.js' */
/** @import { Workload } from '../scenario.js' */

/**
 * Makes a workload ready; `run` simulates paths 0 … paths − 1 into `columns`. A unit is a step or a fill.
 * @param {Workload} workload @param {Scheme} scheme @param {number} paths @param {'none' | 'control'} [reduction]
 */
export function prepareOurs(workload, scheme, paths, reduction = 'none') {
  const prepared = prepare(planOf(workload, scheme, paths, reduction));
  const cell = prepared.request;
  const columns = allocatePathColumns(paths, prepared.columns);
  const unitsOfPath = cell.scheme === 'stepped' ? cell.steps : fillsOfPath(workload);
  return {
    cell,
    columns: viewPathColumns(columns),
    /** @returns {Timing} */
    run: () => ({
      ns: processorTimeOf(() => {
        for (const block of blocksOf(paths, unitsOfPath)) simulateBlock({ cell, ...block, columns });
      }),
      units: paths * unitsOfPath,
    }),
  };
}
