import type { ModelParameters } from '../config/experiment.ts';
import type { Cell, RunPlan } from '../plan/plan.ts';
import { type HjbGrid, solveHjb } from '../solve/hjb-grid.ts';
import { type ExactLaw, exactLaw } from './exact-law.ts';
import { NoExactLawError } from './no-exact-law-error.ts';

/** What became of a cell: its law, the reason why it has none, or a failure. */
export type ExactOutcome =
  | { readonly state: 'done'; readonly cell: Cell; readonly law: ExactLaw }
  | { readonly state: 'none'; readonly cell: Cell; readonly reason: string }
  | { readonly state: 'failed'; readonly cell: Cell; readonly message: string };

/** The exact laws of a plan's cells, in their order, each when it is asked for; a cell that fails does not stop the others. */
export function* exactCells(plan: RunPlan): Generator<ExactOutcome> {
  const solve = rememberLatest();
  for (const cell of plan.cells) yield outcomeOf(cell, solve);
}

function outcomeOf(cell: Cell, solve: (model: ModelParameters) => HjbGrid): ExactOutcome {
  try {
    return { state: 'done', cell, law: exactLaw(cell, solve) };
  } catch (error) {
    if (error instanceof NoExactLawError) return { state: 'none', cell, reason: error.reason };
    return { state: 'failed', cell, message: error instanceof Error ? error.message : String(error) };
  }
}

/** Solves grids; the strategies of a scenario mostly share one model, so that the latest is worth keeping. */
function rememberLatest(): (model: ModelParameters) => HjbGrid {
  let latest: { readonly key: string; readonly grid: HjbGrid } | undefined;
  return (model) => {
    const key = JSON.stringify(model);
    if (latest?.key !== key) latest = { key, grid: solveHjb(model) };
    return latest.grid;
  };
}
