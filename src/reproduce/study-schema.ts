import { z } from 'zod';

/** Figures of the solved model, at t = 0 where they depend on time. */
export const SOLVED_FIGURES = [
  'theta',
  'delta_bid',
  'delta_ask',
  'asymptotic_bid',
  'asymptotic_ask',
  'average_spread',
] as const;
/** Figures of a simulated strategy. */
export const SIMULATED_FIGURES = ['mean', 'std', 'final_q_std', 'certainty_equivalent'] as const;
export const CHARTS = ['bid', 'ask', 'spread', 'asymptotic_bid', 'asymptotic_ask', 'pnl'] as const;

const solvedFigure = z.strictObject({
  figure: z.enum(SOLVED_FIGURES).describe('what is computed'),
  q: z.number().default(0).describe('inventory, units'),
  paper: z.number().optional().describe('as printed'),
  exact: z.number().describe('without sampling error'),
  tolerance: z.number().positive().default(1e-7).describe('largest relative deviation from exact'),
});

const simulatedFigure = z.strictObject({
  strategy: z.string().describe('its name in the experiment'),
  figure: z.enum(SIMULATED_FIGURES).describe('what is estimated; the tolerance is 4 standard errors'),
  paper: z.number().optional().describe('as printed'),
  exact: z.number().describe('without sampling error'),
});

const chart = z.strictObject({
  file: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]*$/)
    .describe('the end of its file name, without .png'),
  chart: z.enum(CHARTS).describe('what is drawn'),
  title: z.string(),
  inventories: z
    .array(z.number())
    .min(1)
    .default([0])
    .describe('inventories that have a line of their own, units; the greatest bounds the map'),
  strategies: z.array(z.string()).min(1).optional().describe('strategies whose PnL is drawn; default: all'),
});

const studyCase = z.strictObject({
  name: z.string(),
  set: z.record(z.string(), z.unknown()).default({}).describe('dotted paths of keys to set anew, as --set does'),
  source: z.string().describe('the table or chart of the paper'),
  solved: z.array(solvedFigure).default([]),
  simulated: z.array(simulatedFigure).default([]),
  charts: z.array(chart).default([]),
});

/** A file of published figures (`configs/reproduce/*.expected.yaml`). */
export const studySchema = z.strictObject({
  title: z.string(),
  experiment: z.string().describe('the experiment file, beside this one'),
  paper: z.string().describe('the publication'),
  paper_paths: z.int().min(2).optional().describe('simulated paths behind the printed figures'),
  exact: z.string().describe('how the exact figures were computed'),
  units: z.strictObject({ price: z.string(), time: z.string() }),
  cases: z.array(studyCase).min(1).describe('the experiment with keys set anew, and what is expected of it'),
});

export type Study = z.output<typeof studySchema>;
export type StudyCase = z.output<typeof studyCase>;
export type StudyChart = z.output<typeof chart>;
export type SolvedFigure = z.output<typeof solvedFigure>;
export type SimulatedFigure = z.output<typeof simulatedFigure>;
