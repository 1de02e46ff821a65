import type { SIMULATED_FIGURES, SOLVED_FIGURES } from './study-schema.ts';

/** One figure: what was printed, what it is, what was found. */
export interface StudyRow {
  readonly case: string;
  /** Where the paper has it. */
  readonly source: string;
  /** Undefined for a figure of the solved model. */
  readonly strategy: string | undefined;
  readonly figure: (typeof SOLVED_FIGURES)[number] | (typeof SIMULATED_FIGURES)[number];
  /** Inventory at which a solved figure is taken, units. */
  readonly q: number | undefined;
  readonly paper: number | undefined;
  /** (paper − exact) in standard errors of the paper's own number of paths. */
  readonly paperZ: number | undefined;
  readonly exact: number;
  readonly ours: number;
  /** Standard error of `ours`; undefined where nothing is sampled. */
  readonly se: number | undefined;
  /** Largest |ours − exact| that counts as reproduced: 4 standard errors, or the relative tolerance times |exact|. */
  readonly allowed: number;
  readonly reproduced: boolean;
}

/** The row with its verdict; a figure that is not a number is not reproduced. */
export function judged(row: Omit<StudyRow, 'reproduced'>): StudyRow {
  return { ...row, reproduced: Math.abs(row.ours - row.exact) <= row.allowed };
}

/** (ours − exact)/se; undefined where nothing is sampled. */
export function zScore({ ours, exact, se }: StudyRow): number | undefined {
  return se === undefined ? undefined : (ours - exact) / se;
}
