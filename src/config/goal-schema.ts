import { z } from 'zod';
import { finite, hints } from './fields.ts';

/** `risk:`: measures that cost extra, and so are there only where asked for. */
export const riskSchema = z
  .strictObject({
    levels: z
      .array(z.number().min(0.5).max(0.9999))
      .max(20)
      .describe('confidence levels of VaR and CVaR, such as [0.9, 0.99]: columns var90, var90_se, cvar90, cvar90_se, …')
      .default([]),
    ratios: z
      .boolean()
      .describe('the Sortino ratio with its standard error: sortino, sortino_se; sharpe_se within antithetic pairs')
      .default(false),
    target: finite('PnL below which the Sortino ratio counts a path as a loss, price units x units').default(0),
    utility: z
      .boolean()
      .describe("expected CARA utility of PnL less costs at the model's gamma: expected_utility, expected_utility_se")
      .default(false),
    drawdown: z
      .boolean()
      .describe('the law of the largest drawdown: its mean_se, p50, p95, p95_se and max; needs drawdown_dt with events')
      .default(false),
    bound_time: z
      .boolean()
      .describe('share of the horizon spent at |q| = Q_max: bound_time_mean, bound_time_mean_se')
      .default(false),
    decompose: z
      .boolean()
      .describe('PnL as spread_income + inventory_pnl + fees + adverse_selection: …_mean, …_mean_se, and in paths.csv')
      .default(false),
  })
  .describe('more measures of risk, as columns after the others');

const condition = z.string().min(1).max(200);

/** A condition of some of the strategies. */
export const thresholdOfSome = z.strictObject({
  check: condition.describe('the condition, such as cvar95 <= 5'),
  strategies: z.array(z.string().min(1)).min(1).describe('names of the strategies that it is of'),
});

/** `thresholds:`: what the run has to meet. */
export const thresholdsSchema = z
  .array(
    z
      .union([condition, thresholdOfSome])
      .register(hints, { cure: 'write cvar95 <= 5, or {check: cvar95 <= 5, strategies: [hjb]}' }),
  )
  .max(1000)
  .describe('conditions on columns of summary.csv, such as cvar95 <= 5; a run that fails one ends with exit code 4')
  .register(hints, { cure: 'for example thresholds: [cvar95 <= 5]' });

/** `choose:`: the best cell of a run under conditions. */
export const choiceSchema = z
  .strictObject({
    maximise: z.string().describe('the column of summary.csv to be highest, such as mean').optional(),
    minimise: z.string().describe('the column of summary.csv to be lowest, such as std').optional(),
    subject_to: z
      .array(condition)
      .max(100)
      .describe('conditions that the choice has to meet, such as cvar95 <= 5')
      .default([]),
    confidence: z
      .number()
      .min(0.5)
      .max(0.9999)
      .describe('the confidence with which each condition is met, and the best is told from the others')
      .default(0.95),
  })
  .describe('choose the best scenario and strategy of the run under conditions: choice.csv');
