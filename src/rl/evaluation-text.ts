import { formatCount, formatEstimate } from '../util/format.ts';
import type { EvaluationFigures, EvaluationRow } from './evaluation-figures.ts';

/** How far each strategy is from the optimum, in words; one sentence a line. */
export function evaluationText({ rows, optimum }: EvaluationFigures): string {
  const [learnt, ...others] = rows;
  if (learnt === undefined) return '';
  const lines = [
    'unknown' in optimum ? `The optimum is not known: ${optimum.unknown}.` : regretLine(optimum.value, rows),
  ];
  if (!Number.isNaN(learnt.step_regret)) {
    lines.push(
      `In the environment's own steps the best actions come to ${Number(learnt.step_optimal_value.toPrecision(6))}; ` +
        `short of it fall: ${rows
          .filter(({ step_regret }) => !Number.isNaN(step_regret))
          .map(({ strategy, step_regret }) => `${strategy} ${percent(step_regret)}`)
          .join('; ')}.`,
    );
  }
  for (const other of others) {
    if (other.episodes === 0) continue;
    const difference = formatEstimate(other.reward_difference, other.reward_difference_se);
    lines.push(
      `ppo's total reward less that of ${other.strategy} over the same ${formatCount(other.episodes)} episodes: ${difference}.`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function regretLine(optimal: number, rows: readonly EvaluationRow[]): string {
  // Shares of nothing, or of a loss, tell nothing.
  if (optimal <= 0) return `The optimal value is ${Number(optimal.toPrecision(6))}, of which no share can be told.`;
  const parts = rows
    .filter(({ regret }) => !Number.isNaN(regret))
    .map(({ strategy, regret, regret_se, exact_regret }) => {
      const exact = Number.isNaN(exact_regret) ? '' : `, exactly ${percent(exact_regret)}`;
      // hjb is the optimum itself.
      if (regret_se === 0) return `${strategy} ${percent(regret)}`;
      return `${strategy} ${formatEstimate(100 * regret, 100 * regret_se)} %${exact}`;
    });
  return `The optimal value is ${Number(optimal.toPrecision(6))}; short of it fall: ${parts.join('; ')}.`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
