import { setImmediate } from 'node:timers/promises';
import { type ExactOutcome, exactCells } from '../exact/exact-cells.ts';
import type { RunPlan } from '../plan/plan.ts';
import { startDisplay } from '../report/progress-display.ts';
import { formatCount } from '../util/format.ts';

/** The exact law of every cell of a plan, in their order, with progress on stderr; Ctrl-C ends the process at once, in a law too. */
export async function solveExactLaws(
  plan: RunPlan,
  { progress, quiet }: { readonly progress: boolean; readonly quiet: boolean },
): Promise<ExactOutcome[]> {
  const total = plan.cells.length;
  const display = progress && !quiet ? startDisplay(total, 'solving', process.stderr, true) : undefined;
  const outcomes: ExactOutcome[] = [];
  try {
    for (const outcome of exactCells(plan)) {
      outcomes.push(outcome);
      display?.show(outcomes.length, total, () => `${formatCount(outcomes.length)}/${formatCount(total)} exact laws`);
      // Lets the display draw.
      await setImmediate();
    }
    return outcomes;
  } finally {
    display?.stop();
  }
}
