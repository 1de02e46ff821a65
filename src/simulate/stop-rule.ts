import type { Cell } from '../plan/plan.ts';
import type { PathColumns } from './path-columns.ts';

/** Paths of one cell that have come in since the last look. */
export interface AddedPaths {
  readonly cell: Cell;
  /** The columns of these paths alone. */
  readonly columns: PathColumns;
}

/** When a scenario whose paths are added until a precision is reached has enough of them. */
export interface StopRule {
  /** Adds the next paths of every cell of the scenario that has not failed. */
  add(parts: readonly AddedPaths[]): void;
  isReached(): boolean;
}
