import type { RunResult } from '../aggregate/results.ts';
import type { Cell } from '../plan/plan.ts';
import { csvTable } from '../report/csv.ts';
import type { ControlledValue } from './controlled-values.ts';
import { rlOf } from './env/settings.ts';
import { type EpisodeRewards, episodeRewards } from './episode-rewards.ts';
import type { Evaluation } from './evaluation-plan.ts';
import { exactValue, type Optimum } from './optimum.ts';
import { stepOptimum } from './step-optimum.ts';

/** One strategy's row of evaluation.csv; NaN for what is not known. */
export interface EvaluationRow extends EpisodeRewards {
  /** The certainty equivalent of what the reward adds up to, over the batch's paths in continuous time, and without sampling. */
  readonly value: number;
  readonly value_se: number;
  readonly exact_value: number;
  /** The largest value that any quotes have: θ(0, q0). */
  readonly optimal_value: number;
  /** 1 − value / optimal value: from the paths with hjb's as the control variate, and without sampling. */
  readonly regret: number;
  readonly regret_se: number;
  readonly exact_regret: number;
  /** The same without sampling in the discrete time of the environment, against the best of its actions. */
  readonly step_value: number;
  readonly step_optimal_value: number;
  readonly step_regret: number;
}

export const EVALUATION_COLUMNS = [
  'strategy',
  'value',
  'value_se',
  'exact_value',
  'optimal_value',
  'regret',
  'regret_se',
  'exact_regret',
  'step_value',
  'step_optimal_value',
  'step_regret',
  'episodes',
  'total_reward',
  'total_reward_se',
  'reward_difference',
  'reward_difference_se',
] as const satisfies readonly (keyof EvaluationRow)[];

/** How far every strategy of an evaluation is from the optimum, and why that is not known where it is not. */
export interface EvaluationFigures {
  readonly rows: readonly EvaluationRow[];
  readonly optimum: Optimum;
}

/** Most episodes of the environment that are played for total rewards. */
const MOST_EPISODES = 2000;

/**
 * @param result of the evaluation's plan
 * @param controlled values of the strategies from its paths, where the optimum is known
 */
export async function evaluationFigures(
  { scenario, plan }: Evaluation,
  result: RunResult,
  optimum: Optimum,
  controlled: (strategy: string) => ControlledValue,
): Promise<EvaluationFigures> {
  const optimal_value = 'value' in optimum && optimum.value > 0 ? optimum.value : Number.NaN;
  const step_optimal_value = rlOf(scenario).reward === 'sharpe' ? Number.NaN : stepOptimum(scenario);
  const rewards = await episodeRewards(scenario, Math.min(MOST_EPISODES, scenario.paths));
  const rows = (result.scenarios[0]?.strategies ?? []).map((row, i): EvaluationRow => {
    const cell = plan.cells[i];
    if (cell === undefined) throw new Error('the result is not of the plan');
    const known = row.state === 'done' ? row.summary : undefined;
    const value = known?.certainty_equivalent ?? Number.NaN;
    const value_se = known?.certainty_equivalent_se ?? Number.NaN;
    const exact_value = exactValue(cell);
    const step_value = exactValue(stepped(cell));
    const { value: own, se } = controlled(row.strategy);
    return {
      value,
      value_se,
      exact_value,
      optimal_value,
      regret: 1 - own / optimal_value,
      regret_se: se / optimal_value,
      exact_regret: 1 - exact_value / optimal_value,
      step_value,
      step_optimal_value,
      step_regret: step_optimal_value > 0 ? 1 - step_value / step_optimal_value : Number.NaN,
      ...(rewards.find(({ strategy }) => strategy === row.strategy) ?? unplayed(row.strategy)),
    };
  });
  return { rows, optimum };
}

export function evaluationCsv(rows: readonly EvaluationRow[]): string {
  return csvTable(
    EVALUATION_COLUMNS,
    rows.map((row) => EVALUATION_COLUMNS.map((column) => row[column])),
  );
}

function stepped({ scenario, strategy }: Cell): Pick<Cell, 'scenario' | 'strategy'> {
  return { scenario: { ...scenario, simulator: { ...scenario.simulator, scheme: 'stepped' } }, strategy };
}

function unplayed(strategy: string): EpisodeRewards {
  const none = Number.NaN;
  return {
    strategy,
    episodes: 0,
    total_reward: none,
    total_reward_se: none,
    reward_difference: none,
    reward_difference_se: none,
  };
}
